package dev.mainstay.cluster;

/** The id of one intended AWS write: a UUID, also the launch call's client token and a tag on what it made. */
public record IntentId(String value) implements Comparable<IntentId> {
    public IntentId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("an intent's id is blank");
        }
    }

    @Override
    public int compareTo(IntentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
