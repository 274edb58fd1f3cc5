package dev.mainstay.cluster;

/** An availability zone, such as {@code us-east-1a}. */
public record Zone(String value) implements Comparable<Zone> {
    public Zone {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a zone is blank");
        }
    }

    @Override
    public int compareTo(Zone other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
