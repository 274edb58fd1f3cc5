package dev.mainstay.simulation.trace;

import java.util.random.RandomGenerator;

/**
 * A distribution known by a few of its quantiles, between which it is taken to be straight on a logarithmic scale: what
 * is drawn here is long-tailed and positive. Immutable.
 */
final class Quantiles {
    private final double[] shares;
    private final double[] values;

    private Quantiles(double[] shares, double[] values) {
        this.shares = shares;
        this.values = values;
    }

    /** Pairs of a share and the value under which that share lies, ascending, from share 0 to share 1. */
    static Quantiles of(double... sharesAndValues) {
        int pairs = sharesAndValues.length / 2;
        double[] shares = new double[pairs];
        double[] values = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            shares[i] = sharesAndValues[2 * i];
            values[i] = sharesAndValues[2 * i + 1];
        }
        return new Quantiles(shares, values);
    }

    double draw(RandomGenerator random) {
        double share = random.nextDouble();
        int above = 1;
        while (above < shares.length - 1 && shares[above] < share) {
            above++;
        }
        double along = (share - shares[above - 1]) / (shares[above] - shares[above - 1]);
        // StrictMath, so that one seed makes the same history on every machine.
        double low = StrictMath.log(values[above - 1]);
        return StrictMath.exp(low + along * (StrictMath.log(values[above]) - low));
    }
}
