package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Mode;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Observation;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.TargetHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says of each node where it stands. */
final class Standings {
    /** AWS's default, for a target group whose own delay could not be read. Source: ELB guide, "Deregistration delay". */
    static final Duration USUAL_DRAIN_TIME = Duration.ofMinutes(5);

    /** One list of targets may be an old one: only what is still missing after this was taken out by someone. */
    private static final Duration TAKEN_OUT_AFTER = Duration.ofMinutes(1);

    private final ClusterSpec spec;
    private final Instant now;
    private final boolean readable;
    private final Duration drainTime;
    private final Memory whole;

    private Standings(ClusterSpec spec, Observation observation, Memory whole) {
        this.spec = spec;
        this.whole = whole;
        this.now = observation.at().wall();
        this.readable = observation.gap(Gap.Source.TARGET_HEALTH).isEmpty();
        this.drainTime = drainTime(spec.targetGroups(), observation);
    }

    static List<Standing> of(ClusterSpec spec, Observation observation, Memory memory) {
        Map<NodeId, Node> seen = HashMap.newHashMap(observation.nodes().size());
        observation.nodes().forEach(node -> seen.put(node.id(), node));
        Standings standings = new Standings(spec, observation, memory);
        return memory.nodes().values().stream()
                .map(node -> standings.of(node, seen.get(node.instance().id())))
                .toList();
    }

    /** The longest deregistration delay of these target groups. */
    static Duration drainTime(List<TargetGroup> groups, Observation observation) {
        return groups.stream()
                .map(group -> observation.drainTimes().getOrDefault(group, USUAL_DRAIN_TIME))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private Standing of(NodeMemory memory, @Nullable Node seen) {
        boolean running = !memory.lost() && memory.instance().state() == InstanceState.RUNNING;
        boolean leaving = memory.drainingSince() != null
                || memory.terminatedAt() != null
                || memory.credits().resting();
        // The load balancer's word alone tells who gets traffic: EC2's status checks may fail for one who serves. While
        // it cannot be read, a node is what it last was.
        boolean healthy = readable && seen != null
                ? spec.targetGroups().stream().allMatch(group -> healthyAt(seen, group))
                : memory.health().healthySince() != null;
        // Whose tag someone took off serves, and no longer us.
        boolean ours = memory.missing() == null || !memory.missing().disowned();
        boolean inService = running && !leaving && healthy && ours;
        Optional<Reason> risk = AtRisk.of(memory, spec, whole, now);
        Phase phase = phase(memory, inService, risk.isPresent());
        boolean counted = switch (phase) {
            case COMING, IN_SERVICE, SUSPECT, RESTING -> true;
            case LOST,
                    FOREIGN,
                    HELD_BY_SOMEONE,
                    KEPT_FOR_DEBUGGING,
                    QUARANTINED,
                    DRAINING,
                    CONDEMNED,
                    DOOMED,
                    AT_RISK -> false;
        };
        return new Standing(
                memory,
                seen,
                phase,
                memory.instance().role(),
                inService,
                counted,
                seen == null ? null : Exhaustion.forecast(seen, memory, now),
                phase == Phase.AT_RISK ? risk.orElse(null) : reason(memory, phase));
    }

    private static boolean healthyAt(Node node, TargetGroup group) {
        TargetHealth health = node.targets().get(group);
        return health != null && health.healthy();
    }

    private Phase phase(NodeMemory memory, boolean inService, boolean atRisk) {
        if (memory.lost() || memory.terminatedAt() != null) {
            return Phase.LOST;
        }
        if (memory.heldSince() != null
                && !memory.heldSince().plus(TAKEN_OUT_AFTER).isAfter(now)) {
            return Phase.HELD_BY_SOMEONE;
        }
        if (memory.keptSince() != null) {
            return Phase.KEPT_FOR_DEBUGGING;
        }
        // In quarantine mode it stays where it is, until the mode is another one.
        if (memory.drainingSince() != null && spec.mode() == Mode.QUARANTINE) {
            return Phase.QUARANTINED;
        }
        if (memory.credits().resting()) {
            return Phase.RESTING;
        }
        if (memory.drainingSince() != null) {
            return Phase.DRAINING;
        }
        if (memory.condemned() != null) {
            return Phase.CONDEMNED;
        }
        if (memory.notice() != null) {
            return Phase.DOOMED;
        }
        if (atRisk) {
            return Phase.AT_RISK;
        }
        if (memory.health().sick() && memory.health().firstHealthy() != null) {
            return Phase.SUSPECT;
        }
        return inService ? Phase.IN_SERVICE : Phase.COMING;
    }

    private @Nullable Reason reason(NodeMemory memory, Phase phase) {
        return switch (phase) {
            case LOST -> lost(memory);
            case HELD_BY_SOMEONE -> new Reason.HeldBySomeone(or(memory.heldSince(), memory.firstSeen()));
            case RESTING -> new Reason.Resting(or(memory.credits().restingSince(), memory.firstSeen()));
            case DRAINING -> new Reason.Draining(or(memory.drainingSince(), memory.firstSeen()), drainTime);
            case QUARANTINED, CONDEMNED ->
                memory.condemned() == null ? null : memory.condemned().reason();
            case DOOMED ->
                memory.notice() == null
                        ? null
                        : new Reason.Interrupted(
                                memory.notice().status(), memory.notice().seenAt());
            case SUSPECT -> memory.health().cause();
            case COMING -> new Reason.Starting(memory.instance().launchedAt());
            case KEPT_FOR_DEBUGGING ->
                new Reason.KeptForDebugging(
                        memory.instance().launchedAt(),
                        or(memory.keptSince(), now).plus(spec.launch().keepFailed()));
            case FOREIGN, AT_RISK, IN_SERVICE -> null;
        };
    }

    private static Reason lost(NodeMemory memory) {
        if (memory.missing() != null) {
            Instant since = memory.missing().since();
            return memory.missing().disowned() ? new Reason.Disowned(since) : new Reason.Vanished(since);
        }
        return new Reason.Ended(
                memory.instance().state().label(), memory.instance().stateReason());
    }

    private static Instant or(@Nullable Instant value, Instant otherwise) {
        return value == null ? otherwise : value;
    }
}
