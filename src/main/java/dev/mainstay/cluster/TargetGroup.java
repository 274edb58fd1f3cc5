package dev.mainstay.cluster;

/**
 * Where nodes are registered to get traffic: a load balancer's target group, by its ARN, or a classic load balancer, by its
 * name.
 */
public record TargetGroup(String value) implements Comparable<TargetGroup> {
    public TargetGroup {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a target group's ARN is blank");
        }
    }

    /** Whether it is a classic load balancer. Those do not list what they drain. */
    public boolean classic() {
        return !value.startsWith("arn:");
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
