package dev.mainstay.cluster;

/** A load balancer's target group, by its ARN. */
public record TargetGroup(String value) implements Comparable<TargetGroup> {
    public TargetGroup {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a target group's ARN is blank");
        }
    }

    @Override
    public int compareTo(TargetGroup other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
