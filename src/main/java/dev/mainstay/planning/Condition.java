package dev.mainstay.planning;

import java.time.Instant;

/** A named state of the cluster, since when, and why. */
public record Condition(ConditionName name, Instant since, Reason reason) {}
