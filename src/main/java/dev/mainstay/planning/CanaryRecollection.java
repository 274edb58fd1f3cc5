package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows for a shared fate, and for its canary, from an observation. */
final class CanaryRecollection {
    /** A step of healing that is not finished by then, because somebody cannot be taken away, does not keep the others. */
    private static final Duration LONGEST_STEP = Duration.ofHours(1);

    private final ClusterSpec spec;
    private final Memory memory;
    private final List<Standing> nodes;
    private final Instant now;

    private CanaryRecollection(ClusterSpec spec, Observation observation, Memory memory) {
        this.spec = spec;
        this.memory = memory;
        this.nodes = Standings.of(spec, observation, memory);
        this.now = observation.at().wall();
    }

    /** @param memory with all else that follows from the observation */
    static @Nullable Canary of(ClusterSpec spec, Observation observation, Memory memory) {
        boolean trouble = memory.canary() != null
                || memory.nodes().values().stream()
                        .anyMatch(node -> node.health().sick());
        return trouble && observation.sees()
                ? new CanaryRecollection(spec, observation, memory).next(memory.canary())
                : memory.canary();
    }

    private @Nullable Canary next(@Nullable Canary before) {
        SharedFate fate = SharedFate.of(spec, nodes, before);
        if (before == null) {
            return suspected(fate) ? zoned(Canary.suspected(now), fate) : null;
        }
        if (before.holds() && !lasts(before, fate)) {
            // One that only boots is a node like any other from now on.
            return before.stage() instanceof Canary.Stage.Tried ? null : over(before);
        }
        Canary canary = zoned(before, fate);
        return switch (canary.stage()) {
            case Canary.Stage.Watching _ -> watching(canary);
            case Canary.Stage.Tried tried -> tried(canary, tried);
            case Canary.Stage.Failed failed -> failed(canary, failed);
            case Canary.Stage.Healing healing -> healing(canary, healing, fate);
            case Canary.Stage.Over _ -> suspected(fate) ? zoned(again(canary), fate) : over(canary);
        };
    }

    private boolean suspected(SharedFate fate) {
        return fate.suspected(spec.health().unhealthyAfter());
    }

    /** One zone's fate lasts until that zone is well, since its nodes were replaced elsewhere meanwhile. */
    private static boolean lasts(Canary canary, SharedFate fate) {
        return canary.zone() == null ? fate.lasts() : fate.sickIn(canary.zone()) >= SharedFate.LEAST;
    }

    private static Canary zoned(Canary canary, SharedFate fate) {
        if (!canary.holds()) {
            return canary;
        }
        if (canary.zone() == null) {
            return fate.sickZone().map(canary::in).orElse(canary);
        }
        boolean spread = fate.sick().size() - fate.sickIn(canary.zone()) >= SharedFate.LEAST;
        return spread ? canary.in(null) : canary;
    }

    private static Canary again(Canary old) {
        return new Canary(old.since(), 0, old.intent(), null, new Canary.Stage.Watching());
    }

    /** The last canary may get well before it is taken away. */
    private Canary watching(Canary canary) {
        NodeMemory node = node(canary);
        return node != null && !ended(node) && wellForLong(node) ? canary.well(now) : canary;
    }

    private Canary tried(Canary canary, Canary.Stage.Tried tried) {
        NodeMemory node = node(canary);
        if (node == null) {
            Intent intent = canary.intent() == null ? null : memory.intents().get(canary.intent());
            return intent != null && intent.open() ? canary : canary.lost();
        }
        if (ended(node)) {
            return canary.lost();
        }
        if (wellForLong(node)) {
            return canary.well(now);
        }
        boolean sickAgain = node.health().sick() && node.health().firstHealthy() != null;
        boolean overdue = node.health().healthySince() == null
                && !tried.since().plus(spec.health().registrationDeadline()).isAfter(now);
        return sickAgain || overdue ? canary.failed(now) : canary;
    }

    private Canary failed(Canary canary, Canary.Stage.Failed failed) {
        NodeMemory node = node(canary);
        if (node != null && !ended(node) && wellForLong(node)) {
            return canary.well(now);
        }
        boolean recovers = node != null && !ended(node) && node.health().healthySince() != null;
        return recovers || failed.retryAt().isAfter(now) ? canary : canary.at(new Canary.Stage.Watching());
    }

    private @Nullable Canary healing(Canary canary, Canary.Stage.Healing step, SharedFate fate) {
        NodeMemory node = node(canary);
        if (node != null && !ended(node) && node.health().sick()) {
            return canary.failed(now);
        }
        if (fate.sick().isEmpty()) {
            return null;
        }
        if (!step.begun()) {
            return canary;
        }
        boolean late = !step.since().plus(LONGEST_STEP).isAfter(now);
        return late || finished(fate) ? canary.nextStep(now, step) : canary;
    }

    /** Whether those who were given up are replaced and out of rotation, as far as the heal budget allows. */
    private boolean finished(SharedFate fate) {
        boolean coming = memory.intents().values().stream().anyMatch(intent -> memory.unseen(intent) > 0)
                || nodes.stream().anyMatch(node -> node.phase() == Phase.COMING);
        boolean waiting = nodes.stream()
                .anyMatch(node -> node.phase() == Phase.CONDEMNED
                        && node.memory().condemned() != null
                        && Removal.heals(node.memory().condemned().reason()));
        boolean spent = memory.spent(Budget.HEAL, now) >= Budget.HEAL.limit(spec);
        return !coming && fate.unreplaced() == 0 && (!waiting || spent);
    }

    private @Nullable Canary over(Canary canary) {
        NodeMemory node = node(canary);
        return node == null || ended(node) || well(node) ? null : canary.at(new Canary.Stage.Over());
    }

    private @Nullable NodeMemory node(Canary canary) {
        return memory.nodes().values().stream().filter(canary::is).findFirst().orElse(null);
    }

    private static boolean ended(NodeMemory node) {
        return node.lost() || node.terminatedAt() != null;
    }

    private static boolean well(NodeMemory node) {
        return node.health().healthySince() != null && !node.health().sick();
    }

    /**
     * As long as it takes to be called long-unhealthy. When what they share has just been mended, the balancer calls a new
     * target healthy after one good check and an old one only after several: that must not pass for a proof.
     */
    private boolean wellForLong(NodeMemory node) {
        Instant since = node.health().healthySince();
        return since != null
                && !node.health().sick()
                && !since.plus(spec.health().unhealthyAfter()).isAfter(now);
    }
}
