package dev.mainstay.simulation.trace;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Makes spot prices of the bid era (before November 2017): a calm price far under on-demand that moves a little every
 * few minutes, and spikes over on-demand that come in clusters, at times in several zones. The figures are those of
 * r3.large in aws-spot-2015 (three zones of us-east-1, March to August 2015); prices are relative to on-demand.
 */
final class GeneratedPrices {
    /** Minutes that a price holds. */
    private static final Quantiles PLATEAU =
            Quantiles.of(0, 2.5, 0.1, 4.4, 0.25, 5.7, 0.5, 7.9, 0.75, 9.0, 0.9, 17.7, 0.99, 100, 1, 240);

    /** The size of one move of a calm price, as a share of it. */
    private static final Quantiles MOVE =
            Quantiles.of(0, 0.004, 0.1, 0.0053, 0.25, 0.006, 0.5, 0.015, 0.75, 0.044, 0.9, 0.16, 1, 0.9);

    /**
     * Minutes that a spike lasts. The longest recorded ones, of a day and more, are left out: none would fit in a demo.
     */
    private static final Quantiles SPIKE =
            Quantiles.of(0, 4.5, 0.1, 5.5, 0.25, 6.5, 0.5, 14, 0.75, 45, 0.9, 290, 1, 720);

    /** Minutes from one spike of a cluster to the next. */
    private static final Quantiles BETWEEN_SPIKES = Quantiles.of(0, 12, 0.1, 18, 0.5, 60, 0.9, 240, 1, 480);

    /** What a calm price is drawn to; straying makes its median .11, as recorded. */
    private static final double CALM = 0.103;

    private static final double LEAST = 0.08;
    private static final double MOST_CALM = 0.98;

    /** How strongly a calm price that has strayed is drawn back, by the sign of its next move. */
    private static final double PULL = 1.6;

    /** Clusters that begin in a zone of their own, a day; with their company they make 1.1 spikes a day and zone. */
    private static final double CLUSTERS_A_DAY = 0.34;

    private static final double ANOTHER_IN_CLUSTER = 0.6;

    /** The chance that a cluster of one zone shows in another too, some minutes later. */
    private static final double COMPANY = 0.15;

    private static final double LATEST_COMPANY = 30;

    private static final double DAY = 24 * 60;
    private static final double HOUR = 60;

    private final SplittableRandom random;
    private final double onDemand;
    private final double minutes;

    GeneratedPrices(SplittableRandom random, double onDemand, int days) {
        this.random = random;
        this.onDemand = onDemand;
        this.minutes = days * DAY;
    }

    /** A stretch of time in which the price stands over on-demand. */
    private record Spike(double from, double until, double height) {
        Spike later(double minutes) {
            return new Spike(from + minutes, until + minutes, height);
        }
    }

    List<PriceTrace> of(InstanceType type, List<Zone> zones) {
        List<List<Spike>> spikes = spikes(random.split(), zones.size());
        List<PriceTrace> traces = new ArrayList<>();
        for (int zone = 0; zone < zones.size(); zone++) {
            NavigableMap<Duration, Double> prices = calm(random.split());
            spikes.get(zone).forEach(spike -> lay(spike, prices));
            traces.add(PriceTrace.of(new Pool(type, zones.get(zone)), prices, minutes(minutes)));
        }
        return traces;
    }

    private NavigableMap<Duration, Double> calm(RandomGenerator draws) {
        NavigableMap<Duration, Double> prices = new TreeMap<>();
        double strayed = 0;
        for (double at = 0; at < minutes; at += PLATEAU.draw(draws)) {
            double up = 1 / (1 + StrictMath.exp(PULL * strayed));
            double move = StrictMath.log(1 + MOVE.draw(draws));
            strayed += draws.nextDouble() < up ? move : -move;
            strayed = Math.clamp(strayed, StrictMath.log(LEAST / CALM), StrictMath.log(MOST_CALM / CALM));
            prices.put(minutes(at), dollars(CALM * StrictMath.exp(strayed)));
        }
        return prices;
    }

    private List<List<Spike>> spikes(RandomGenerator draws, int zones) {
        List<List<Spike>> spikes = new ArrayList<>();
        for (int zone = 0; zone < zones; zone++) {
            spikes.add(new ArrayList<>());
        }
        for (int home = 0; home < zones; home++) {
            // The first hour is calm, so that a cluster can begin.
            for (double at = HOUR + gap(draws); at < minutes; at += gap(draws)) {
                List<Spike> cluster = cluster(draws, at);
                for (int zone = 0; zone < zones; zone++) {
                    if (zone == home || draws.nextDouble() < COMPANY) {
                        double later = zone == home ? 0 : draws.nextDouble(LATEST_COMPANY);
                        spikes.get(zone)
                                .addAll(cluster.stream()
                                        .map(spike -> spike.later(later))
                                        .toList());
                    }
                }
            }
        }
        return spikes;
    }

    private static List<Spike> cluster(RandomGenerator draws, double from) {
        List<Spike> spikes = new ArrayList<>();
        double at = from;
        do {
            double until = at + SPIKE.draw(draws);
            spikes.add(new Spike(at, until, height(draws)));
            at = until + BETWEEN_SPIKES.draw(draws);
        } while (draws.nextDouble() < ANOTHER_IN_CLUSTER);
        return spikes;
    }

    /** Bids stood at a few round limits, so spikes are of few heights: seven in ten at 8.57 × on-demand. */
    private static double height(RandomGenerator draws) {
        double share = draws.nextDouble();
        if (share < 0.08) {
            return draws.nextDouble(1.1, 2.5);
        }
        return share < 0.3 ? 2.857 : 8.571;
    }

    /** Puts a spike over what the price was until then, which shows again after it; the higher of two spikes shows. */
    private void lay(Spike spike, NavigableMap<Duration, Double> prices) {
        Duration from = minutes(spike.from());
        Duration until = minutes(Math.min(minutes, spike.until()));
        if (!from.minus(until).isNegative()) {
            return;
        }
        double before = Objects.requireNonNull(prices.floorEntry(from)).getValue();
        double after = Objects.requireNonNull(prices.floorEntry(until)).getValue();
        double price = dollars(spike.height());
        prices.put(from, Math.max(price, before));
        prices.subMap(from, until).replaceAll((at, shown) -> Math.max(shown, price));
        if (until.compareTo(minutes(minutes)) < 0) {
            prices.put(until, after);
        }
    }

    private static double gap(RandomGenerator draws) {
        return -StrictMath.log(1 - draws.nextDouble()) / CLUSTERS_A_DAY * DAY;
    }

    /** EC2 stamps price changes with whole seconds. */
    private static Duration minutes(double minutes) {
        return Duration.ofSeconds((long) (minutes * 60));
    }

    /** EC2 reports prices in six decimals. */
    private double dollars(double ofOnDemand) {
        return Math.round(ofOnDemand * onDemand * 1e6) / 1e6;
    }
}
