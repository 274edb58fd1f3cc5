package dev.mainstay.simulation;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import java.time.Duration;

/** What can be done to the world. The list is closed: what is not here does not go wrong. */
public sealed interface Fault {
    /** The node's application answers nobody any more; EC2 sees nothing wrong with it. */
    record Hang(NodeId node) implements Fault {}

    /** The node's machine fails: its application answers nobody, and EC2's status checks say so. */
    record Impair(NodeId node) implements Fault {}

    /** Someone else terminates the node. */
    record TerminateBehindBack(NodeId node) implements Fault {}

    /**
     * EC2 has no more machines of a type in a zone, on either market; what runs there keeps running.
     *
     * @param until since the start of the world; from then on launches there succeed again
     */
    record Exhaust(Pool pool, Duration until) implements Fault {}

    /**
     * AWS calls fail for a while.
     *
     * @param operations an operation such as {@code RunInstances}, or the beginning of several, such as {@code Describe*}
     * @param how what the caller sees, and whether the call took effect all the same
     * @param from since the start of the world
     * @param until since the start of the world; from then on calls succeed again
     */
    record FailCalls(String operations, CallFailure how, Duration from, Duration until) implements Fault {
        boolean hits(String operation, Duration now) {
            boolean named = operations.endsWith("*")
                    ? operation.startsWith(operations.substring(0, operations.length() - 1))
                    : operation.equals(operations);
            return named && now.compareTo(from) >= 0 && now.compareTo(until) < 0;
        }
    }
}
