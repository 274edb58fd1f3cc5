package dev.mainstay.planning;

import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Role;
import dev.mainstay.credits.Forecast;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a node stands in this pass.
 *
 * @param seen the node as this observation shows it; null while EC2 does not list it
 * @param inService gets traffic now
 * @param counted counts towards {@code desired}, so that nothing is launched for it
 * @param forecast how long its CPU credits will last at the recent trend; null where unknown, and in unlimited mode
 * @param reason why it is in this phase; null for a node that is simply in service
 */
public record Standing(
        NodeMemory memory,
        @Nullable Node seen,
        Phase phase,
        Role role,
        boolean inService,
        boolean counted,
        @Nullable Forecast forecast,
        @Nullable Reason reason) {

    public NodeId id() {
        return memory.instance().id();
    }

    public Market market() {
        return memory.instance().market();
    }

    public boolean onDemand() {
        return market() == Market.ON_DEMAND;
    }

    /**
     * In service, or perhaps so: the load balancer does not judge it for trouble of its own, or begins anew to judge one that
     * was in service.
     */
    public boolean mightServe() {
        boolean served = memory.health().firstHealthy() != null;
        boolean unclear = memory.instance().state() == InstanceState.RUNNING
                && memory.drainingSince() == null
                && sight().filter(node -> node.targets().values().stream()
                                .anyMatch(health -> health.troubled() || served && health.initial()))
                        .isPresent();
        return inService || unclear;
    }

    /** Whether it exists, costs money and counts against {@code max}. */
    public boolean exists() {
        return phase != Phase.LOST || memory.instance().state() == InstanceState.STOPPED;
    }

    /** Out of rotation, and on its way to its end. */
    public boolean leaving() {
        return phase == Phase.DRAINING && memory.terminationRefused() == null;
    }

    /** Whether its trouble is a lack of CPU credits. What CloudWatch no longer shows excuses nobody. */
    public boolean outOfCredits() {
        return memory.credits().exhaustedSince() != null && seen != null && seen.credits() != null;
    }

    /** When its CPU credits end at the recent trend; null where unknown or not in sight. */
    public @Nullable Instant exhaustsAt() {
        return forecast == null ? null : forecast.expected();
    }

    /** The name of the line of nodes that replaced one another, to which it belongs. */
    public String lineage() {
        return Lineages.of(memory);
    }

    /** On its way out; one that is kept for debugging stays for a while. */
    public boolean condemned() {
        return memory.condemned() != null && phase != Phase.KEPT_FOR_DEBUGGING;
    }

    public Optional<Node> sight() {
        return Optional.ofNullable(seen);
    }

    public Standing as(Phase changed, boolean stillCounted, Reason why) {
        return new Standing(memory, seen, changed, role, inService, stillCounted, forecast, why);
    }
}
