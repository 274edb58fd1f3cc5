package dev.mainstay.backtest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Several policies on the same markets, with the same lots. Each run stands for itself, so they may go on several threads, and
 * the report is the same on any number of them.
 */
public final class Backtest {
    private final Frame frame;
    private final List<SpotMarket> markets;
    private final List<Contender> contenders;
    private final List<Long> seeds;

    /** @param seeds how many, from 1 on; each deals the histories to the zones anew, and draws its own lots */
    public Backtest(Frame frame, List<SpotMarket> markets, List<Contender> contenders, int seeds) {
        this.frame = frame;
        this.markets = List.copyOf(markets);
        this.contenders = List.copyOf(contenders);
        this.seeds = LongStream.rangeClosed(1, seeds).boxed().toList();
    }

    /** How far it is. */
    public record Progress(int done, int runs, String policy) {}

    /** What came out of all runs of a policy, by seed and then by market. */
    private record Runs(Contender contender, List<List<Future<Figures>>> figures) {}

    /** Runs all of it. */
    public List<BacktestReport.Result> run(int threads, Consumer<Progress> progress) {
        AtomicInteger done = new AtomicInteger();
        int all = contenders.size() * seeds.size() * markets.size();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Runs> runs = new ArrayList<>();
            for (Contender contender : contenders) {
                List<List<Future<Figures>>> ofSeeds = new ArrayList<>();
                for (long seed : seeds) {
                    List<Future<Figures>> ofMarkets = new ArrayList<>();
                    for (SpotMarket market : markets) {
                        Callable<Figures> run = () -> {
                            Figures figures = one(contender, market, seed);
                            progress.accept(new Progress(done.incrementAndGet(), all, contender.name()));
                            return figures;
                        };
                        ofMarkets.add(workers.submit(run));
                    }
                    ofSeeds.add(ofMarkets);
                }
                runs.add(new Runs(contender, ofSeeds));
            }
            try {
                List<BacktestReport.Result> results = new ArrayList<>();
                for (Runs one : runs) {
                    results.add(result(one));
                }
                return results;
            } catch (RuntimeException e) {
                workers.shutdownNow();
                throw e;
            }
        }
    }

    /** How the first seed's run of a policy went on a market; empty for a bound. */
    public Course course(Contender contender, SpotMarket market) {
        Course course = new Course();
        contender.maker().ifPresent(maker -> {
            Tally tally = new Tally(frame, market, course);
            new Replay(frame, market, seeds.getFirst(), tally).run(maker.make(market, frame));
        });
        return course;
    }

    private Figures one(Contender contender, SpotMarket market, long seed) {
        if (contender.maker().isEmpty()) {
            Bound bound = market.bound(frame);
            return new Figures(bound.availability(), 1, bound.cost(), 0, 0, 0, 0, 0, 0, 0, 0);
        }
        SpotMarket dealt = market.shuffled(new SplittableRandom(seed));
        Tally tally = new Tally(frame, dealt);
        new Replay(frame, dealt, seed, tally).run(contender.maker().get().make(dealt, frame));
        return tally.figures();
    }

    private BacktestReport.Result result(Runs runs) {
        List<Double> lengths =
                markets.stream().map(market -> (double) market.ticks()).toList();
        List<List<Figures>> bySeed = runs.figures().stream()
                .map(seed -> seed.stream().map(Backtest::result).toList())
                .toList();
        List<BacktestReport.OfSeed> perSeed = new ArrayList<>();
        for (int i = 0; i < seeds.size(); i++) {
            perSeed.add(new BacktestReport.OfSeed(seeds.get(i), Figures.together(bySeed.get(i), lengths)));
        }
        List<BacktestReport.OfMarket> perMarket = new ArrayList<>();
        for (int i = 0; i < markets.size(); i++) {
            int market = i;
            perMarket.add(new BacktestReport.OfMarket(
                    markets.get(i).name(),
                    Figures.mean(bySeed.stream().map(seed -> seed.get(market)).toList())));
        }
        return new BacktestReport.Result(
                runs.contender().name(),
                runs.contender().ofDaemon(),
                Figures.mean(
                        perSeed.stream().map(BacktestReport.OfSeed::figures).toList()),
                perSeed,
                perMarket);
    }

    private static Figures result(Future<Figures> run) {
        try {
            return run.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What is the same for all policies, to be told beside their results. */
    public BacktestReport.Setting setting(String kind, List<String> remarks) {
        return new BacktestReport.Setting(
                kind,
                frame.tick().toMillis() / 1000.0,
                frame.coldStart().toMillis() / 1000.0,
                frame.desired(),
                frame.base(),
                frame.noticeProbability(),
                frame.noticeModel().label(),
                seeds.size(),
                markets.stream().map(this::venue).toList(),
                remarks);
    }

    private BacktestReport.Venue venue(SpotMarket market) {
        Duration length = frame.tick().multipliedBy(market.ticks());
        return new BacktestReport.Venue(
                market.name(),
                market.zones().stream().map(Object::toString).toList(),
                length.toMillis() / (double) Duration.ofDays(1).toMillis(),
                market.onDemandPrice(),
                market.bound(frame).cost());
    }
}
