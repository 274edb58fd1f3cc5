package dev.mainstay.bench;

import dev.mainstay.planning.Memory;
import dev.mainstay.planning.Plan;
import dev.mainstay.testing.Crowd;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * How the two pure functions grow with the cluster. Both sizes are measured in one run, so that their ratio does not depend
 * on the machine; the small clusters take turns, ten of them, since a pass comes once in half a minute and finds none of its
 * nodes in the processor's cache, and one small cluster alone would always find all. The main method prints the table of docs/performance.md.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgs = {"-Xms2g", "-Xmx2g", "-Xmn1500m", "-XX:+UseSerialGC"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PlanBenchmark {
    private static final String SMALL = "1000";
    private static final String LARGE = "10000";
    private static final int ALL = Integer.parseInt(LARGE);

    @Param({SMALL, LARGE})
    public int nodes;

    @Param
    public Crowd.Misfortune misfortune;

    private List<Crowd> crowds;
    private int turn;

    @Setup
    public void crowds() {
        crowds = Stream.generate(() -> new Crowd(nodes, misfortune))
                .limit(ALL / nodes)
                .toList();
    }

    @Benchmark
    public Plan plan() {
        return next().plan();
    }

    @Benchmark
    public Memory remember() {
        return next().remember();
    }

    private Crowd next() {
        turn = (turn + 1) % crowds.size();
        return crowds.get(turn);
    }

    /** Measures what the arguments name (a regular expression; all of it without one), and prints a row for each. */
    public static void main(String... arguments) throws RunnerException {
        Options options = new OptionsBuilder()
                .include(arguments.length == 0 ? PlanBenchmark.class.getName() : arguments[0])
                .addProfiler(GCProfiler.class)
                .build();
        Collection<RunResult> results = new Runner(options).run();
        System.out.println();
        System.out.println("| function | after | 1,000 nodes | 10,000 nodes | growth | bytes per node |");
        System.out.println("|---|---|---|---|---|---|");
        results.stream()
                .filter(result -> SMALL.equals(result.getParams().getParam("nodes")))
                .sorted(Comparator.comparing(PlanBenchmark::function).thenComparing(PlanBenchmark::misfortune))
                .forEach(small -> System.out.println(row(small, large(small, results))));
    }

    private static RunResult large(RunResult small, Collection<RunResult> results) {
        List<RunResult> larger = results.stream()
                .filter(result -> LARGE.equals(result.getParams().getParam("nodes"))
                        && function(result).equals(function(small))
                        && misfortune(result) == misfortune(small))
                .toList();
        return larger.getFirst();
    }

    private static String row(RunResult small, RunResult large) {
        double few = undisturbed(small);
        double many = undisturbed(large);
        double bytes = large.getSecondaryResults().get("gc.alloc.rate.norm").getScore() / ALL;
        return "| `%s` | %s | %.2f ms | %.2f ms | × %.1f | %.0f |"
                .formatted(
                        function(small),
                        misfortune(small).toString().toLowerCase(Locale.ROOT),
                        few / 1000,
                        many / 1000,
                        many / few,
                        bytes);
    }

    /** The time that nine calls in ten exceed: on a machine with other work, an average tells of that work. */
    private static double undisturbed(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(10);
    }

    private static String function(RunResult result) {
        String name = result.getParams().getBenchmark();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Crowd.Misfortune misfortune(RunResult result) {
        return Crowd.Misfortune.valueOf(
                Objects.requireNonNull(result.getParams().getParam("misfortune")));
    }
}
