package dev.mainstay.simulation.sdk;

import software.amazon.awssdk.core.SdkRequest;

/**
 * One AWS call that reaches the simulation.
 *
 * @param number its place among all calls of this simulation, from 1
 * @param operation such as {@code RunInstances}
 */
public record Call(long number, String operation, SdkRequest request) {
    /** Whether it may change something at AWS. */
    public boolean writes() {
        return !operation.startsWith("Describe") && !operation.startsWith("Get");
    }
}
