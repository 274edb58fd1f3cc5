package dev.mainstay.planning;

import dev.mainstay.cluster.NodeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The single extra node by which a shared fate is tried: is it the nodes, or is it what they share?
 *
 * @param tries how many canaries were launched in this shared fate
 * @param launchedAt when the last one was asked for
 * @param node the last one; null until EC2 has answered
 */
public record Canary(
        int tries, Instant launchedAt, @Nullable NodeId node) {}
