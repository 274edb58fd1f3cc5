package dev.mainstay.simulation.soak;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to simulate.
 *
 * @param first the first seed
 * @param seeds how many, from the first on
 * @param faulty for how long things go wrong in each
 * @param nodes the most nodes that a cluster shall have
 * @param faults what may go wrong
 */
public record SoakOptions(
        long first, int seeds, Duration faulty, int nodes, Set<FaultKind> faults, JournalKind journal) {
    public SoakOptions {
        if (seeds < 1 || !faulty.isPositive() || nodes < 1 || faults.isEmpty()) {
            throw new IllegalArgumentException("a simulation needs seeds, time, nodes and faults");
        }
        faults = Collections.unmodifiableSet(EnumSet.copyOf(faults));
    }

    /** The same from another seed on. */
    public SoakOptions from(long seed, int count) {
        return new SoakOptions(seed, count, faulty, nodes, faults, journal);
    }

    /** The command that runs exactly this, bit for bit. */
    public String command() {
        String list = faults.size() == FaultKind.values().length
                ? "all"
                : faults.stream().map(FaultKind::label).collect(Collectors.joining(","));
        return "mainstay simulate --seeds %d --seed %d --days %s --nodes %d --faults %s --journal %s"
                .formatted(seeds, first, days(faulty), nodes, list, journal.label());
    }

    /** Whole days as they are, others with as many digits as needed. */
    static String days(Duration length) {
        double days = length.toMillis() / (double) Duration.ofDays(1).toMillis();
        return days == Math.rint(days) ? Long.toString((long) days) : Double.toString(days);
    }
}
