package dev.mainstay.cluster;

/** The name of an Auto Scaling group, its own in its account and region. */
public record GroupName(String value) implements Comparable<GroupName> {
    public GroupName {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the name of an Auto Scaling group is blank");
        }
    }

    @Override
    public int compareTo(GroupName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
