package dev.mainstay.cluster;

/** With which call of EC2's nodes are launched. */
public enum LaunchBy implements Labelled {
    /** One call for each pool, which we choose. */
    RUN_INSTANCES,
    /** One call for all open pools, among which EC2 chooses: CreateFleet of the type {@code instant}. */
    FLEET
}
