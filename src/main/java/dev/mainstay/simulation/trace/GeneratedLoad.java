package dev.mainstay.simulation.trace;

import java.util.random.RandomGenerator;

/**
 * Makes the demand on a small web cluster: what its visitors ask for, and a crawler that now and then holds on to one
 * node. All figures are in percent of one node.
 */
final class GeneratedLoad {
    private static final int SAMPLES_A_DAY = 288;
    private static final int SAMPLES_AN_HOUR = 12;

    /**
     * On a working day, which makes 6.3 over the week: the median over the VMs of PlanetLab (2011) of each one's mean
     * is 6.3 to 6.8. A t2.micro earns enough for 10, so visitors alone never run it dry.
     */
    private static final double MEAN = 6.8;

    /**
     * Demand in each hour of a working day, relative to the day's mean: the requests of nab-cloudwatch
     * elb_request_count, lowest in the morning at .65, highest in the evening at 1.5, smoothed.
     */
    private static final double[] HOURS = {
        0.90, 0.88, 0.84, 0.81, 0.76, 0.70, 0.65, 0.64, 0.65, 0.68, 0.72, 0.82, 0.98, 1.13, 1.23, 1.26, 1.32, 1.43,
        1.48, 1.50, 1.46, 1.29, 1.07, 0.95
    };

    /** Weekend over working day; requests of elb_request_count. */
    private static final double WEEKEND = 0.72;

    /** How much of one sample's noise is left in the next; CPU of nab-cloudwatch asg_misconfiguration: .43,
     * of which the weekend makes some. */
    private static final double PERSISTENCE = 0.38;

    /** The noise's standard deviation, relative to the mean: .41 there, of which the weekend makes some. */
    private static final double NOISE = 0.36;

    private static final double MOST = 100;

    /** PlanetLab: .09 runs of one to five hours at 50 % or more in a VM-day, times the four nodes of the demo. */
    private static final double EXTRA_BURSTS_A_DAY = 0.36;

    /** Their length in five-minute samples: PlanetLab's median is 17 to 19, its 90th percentile 34 to 44. */
    private static final Quantiles EXTRA_LENGTH = Quantiles.of(0, 12, 0.25, 13, 0.5, 18, 0.75, 26, 0.9, 39, 1, 60);

    private static final int DAILY_FROM_HOUR = 9;
    private static final int DAILY_HOURS = 4;

    /**
     * In samples, 140 to 200 minutes: at 92 % or more a t2.micro spends 55 credits an hour and earns 6, so that even
     * the shortest burst takes more than 110.
     */
    private static final int DAILY_SHORTEST = 28;

    private static final int DAILY_LONGEST = 40;
    private static final double DAILY_LEAST = 92;

    private GeneratedLoad() {}

    static LoadTrace visitors(RandomGenerator random, int days) {
        double[] percent = new double[days * SAMPLES_A_DAY];
        double innovation = NOISE * Math.sqrt(1 - PERSISTENCE * PERSISTENCE);
        double noise = 0;
        for (int i = 0; i < percent.length; i++) {
            noise = PERSISTENCE * noise + innovation * random.nextGaussian();
            // The second half makes the mean of the exponential one.
            double wobble = StrictMath.exp(noise - NOISE * NOISE / 2);
            percent[i] = rounded(Math.min(MOST, MEAN * curve(i) * wobble));
        }
        return LoadTrace.of(LoadTrace.SAMPLE, percent);
    }

    /** One long burst in the daytime of each day, and shorter, lower ones as they come; zero between them. */
    static LoadTrace crawler(RandomGenerator random, int days) {
        double[] percent = new double[days * SAMPLES_A_DAY];
        for (int day = 0; day < days; day++) {
            int midnight = day * SAMPLES_A_DAY;
            for (double at = gap(random); at < 1; at += gap(random)) {
                int from = midnight + (int) (at * SAMPLES_A_DAY);
                burst(percent, random, from, (int) EXTRA_LENGTH.draw(random), 50, 90);
            }
            int from = midnight + DAILY_FROM_HOUR * SAMPLES_AN_HOUR + random.nextInt(DAILY_HOURS * SAMPLES_AN_HOUR);
            burst(percent, random, from, random.nextInt(DAILY_SHORTEST, DAILY_LONGEST + 1), DAILY_LEAST, MOST);
        }
        return LoadTrace.of(LoadTrace.SAMPLE, percent);
    }

    private static void burst(
            double[] percent, RandomGenerator random, int from, int samples, double least, double most) {
        for (int i = from; i < Math.min(percent.length, from + samples); i++) {
            percent[i] = Math.max(percent[i], rounded(random.nextDouble(least, most)));
        }
    }

    /** Days until the next burst of those that come as they like. */
    private static double gap(RandomGenerator random) {
        return -StrictMath.log(1 - random.nextDouble()) / EXTRA_BURSTS_A_DAY;
    }

    private static double curve(int sample) {
        int hour = sample / SAMPLES_AN_HOUR % 24;
        double along = (double) (sample % SAMPLES_AN_HOUR) / SAMPLES_AN_HOUR;
        double shape = HOURS[hour] * (1 - along) + HOURS[(hour + 1) % 24] * along;
        boolean weekend = sample / SAMPLES_A_DAY % 7 >= 5;
        return weekend ? shape * WEEKEND : shape;
    }

    /** CloudWatch's CSV and the recorded loads carry three decimals. */
    private static double rounded(double percent) {
        return Math.round(percent * 1000) / 1000.0;
    }
}
