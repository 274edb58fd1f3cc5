package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Tags;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Intent;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.NodeMemory;
import dev.mainstay.planning.Reason;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.simulation.sdk.CallSubjects;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * I5: one lost place gets one replacement. A launch carries the token of an intent that is durable before the call; an
 * intent never makes more nodes than it says; and a launch that fills a gap does not make more nodes than are desired, of
 * those that serve or come and that nobody means to end.
 */
final class OneForOne implements Invariant {
    private static final String LAUNCH = "RunInstances";

    private final Scene scene;
    private Set<NodeId> shown = Set.of();
    private long launched;

    OneForOne(Scene scene) {
        this.scene = scene;
        this.launched = scene.world().compute().everLaunched();
    }

    @Override
    public String name() {
        return "I5 one for one";
    }

    @Override
    public @Nullable String before(Call call) {
        if (!call.operation().equals(LAUNCH)) {
            return null;
        }
        Optional<String> token = CallSubjects.token(call);
        if (token.isEmpty() || intent(token.get()).isEmpty()) {
            return "a launch with the token %s, of which the journal knows nothing".formatted(token.orElse("none"));
        }
        return null;
    }

    @Override
    public @Nullable String after(Call call) {
        if (call.operation().equals("DescribeTargetHealth")) {
            shown = scene.inService();
        }
        if (!call.operation().equals(LAUNCH) || scene.world().compute().everLaunched() == launched) {
            return null;
        }
        launched = scene.world().compute().everLaunched();
        Optional<Intent> intent = CallSubjects.token(call).flatMap(this::intent);
        if (intent.isEmpty() || !(intent.get().action() instanceof Action.Launch launch)) {
            return "a launch that no intent in the journal announces";
        }
        Map<String, Integer> made = new HashMap<>();
        for (Machine machine : scene.world().compute().all()) {
            made.merge(machine.tags().getOrDefault(Tags.INTENT, ""), 1, Integer::sum);
        }
        int own = made.getOrDefault(intent.get().id().value(), 0);
        if (own > launch.count()) {
            return "%d nodes of one intent for %d".formatted(own, launch.count());
        }
        long firm = scene.journal().latest().map(this::firm).orElse(0L);
        return fillsGap(launch.reason())
                        && !sharesItsCall()
                        && firm > scene.spec().capacity().desired()
                ? "%d nodes serve or come after a launch for %s, where %d are desired"
                        .formatted(
                                firm, launch.reason(), scene.spec().capacity().desired())
                : null;
    }

    /** Nodes for an overload, and insurances where spot was scarce of late, go into one call with those that fill a gap. */
    private boolean sharesItsCall() {
        Instant now = scene.wall();
        return scene.journal()
                .latest()
                .filter(memory -> memory.conditions().containsKey(ConditionName.CLUSTER_OVERLOADED)
                        || scene.spec().spot().stream()
                                .anyMatch(spot -> memory.pools().values().stream()
                                        .anyMatch(pool -> pool.lastTrouble() != null
                                                && pool.lastTrouble()
                                                        .plus(spot.insureFor())
                                                        .isAfter(now))))
                .isPresent();
    }

    private Optional<Intent> intent(String token) {
        return scene.journal().intent(new IntentId(token));
    }

    private static boolean fillsGap(Reason reason) {
        return reason instanceof Reason.CapacityMissing
                || reason instanceof Reason.BelowFloor
                || reason instanceof Reason.NoSpotPool;
    }

    /** Those that serve or come, and that are not on their way out, by what was known at the last look. */
    private long firm(Memory memory) {
        Instant now = scene.wall();
        return scene.ours().stream()
                .filter(machine -> !leaving(memory.nodes().get(machine.id())) && !scene.takenForLost(machine))
                .filter(machine -> shown.contains(machine.id()) || young(machine))
                .filter(machine -> !restless(memory, machine, now))
                .count();
    }

    /** Still within the time in which it must have come, and never yet healthy. */
    private boolean young(Machine machine) {
        boolean seen = scene.journal()
                .latest()
                .map(memory -> memory.nodes().get(machine.id()))
                .map(node -> node.health().firstHealthy() != null)
                .orElse(false);
        return !seen
                && scene.elapsed()
                                .minus(machine.launchedAt())
                                .compareTo(scene.spec().health().registrationDeadline())
                        < 0;
    }

    private static boolean leaving(@Nullable NodeMemory node) {
        return node != null
                && (node.condemned() != null
                        || node.notice() != null
                        || node.drainingSince() != null
                        || node.lost()
                        || node.health().sick()
                        || node.missing() != null
                        || node.heldSince() != null
                        || node.keptSince() != null
                        || node.terminatedAt() != null);
    }

    /** Its pool lost a node of late: the older ones are replaced in advance. */
    private boolean restless(Memory memory, Machine machine, Instant now) {
        Instant loss = memory.pool(machine.pool()).lastLoss();
        return scene.spec()
                .spot()
                .filter(spot -> loss != null && loss.plus(spot.atRiskFor()).isAfter(now))
                .isPresent();
    }
}
