package dev.mainstay.cluster;

import java.util.Comparator;

/** One spot capacity pool: an instance type in a zone. Price, capacity and interruptions are a pool's own. */
public record Pool(InstanceType type, Zone zone) implements Comparable<Pool> {
    private static final Comparator<Pool> ORDER =
            Comparator.comparing(Pool::type).thenComparing(Pool::zone);

    @Override
    public int compareTo(Pool other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return type + " in " + zone;
    }
}
