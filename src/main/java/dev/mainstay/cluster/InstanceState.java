package dev.mainstay.cluster;

/** The life cycle of an EC2 instance, as EC2 names it. */
public enum InstanceState implements Labelled {
    PENDING,
    RUNNING,
    STOPPING,
    STOPPED,
    SHUTTING_DOWN,
    TERMINATED;

    /** Whether the instance serves nobody any more and will not by itself serve again. */
    public boolean dead() {
        return switch (this) {
            case PENDING, RUNNING -> false;
            case STOPPING, STOPPED, SHUTTING_DOWN, TERMINATED -> true;
        };
    }

    /** Whether the instance is gone for good, or on its way there. */
    public boolean ending() {
        return this == SHUTTING_DOWN || this == TERMINATED;
    }
}
