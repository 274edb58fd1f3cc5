package dev.mainstay.status;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /status} answers. A contract: fields are added, never renamed; what is unknown is null and present;
 * labels are in kebab case. The records are this room's own, so that nothing changes here because a noun changed.
 *
 * @param mode the mode that the config sets for all clusters; a cluster may set its own
 * @param leader whether this process is the one that acts
 * @param now the daemon's clock; in a simulation, the simulated one
 */
public record StatusView(String mode, boolean leader, Instant now, List<ClusterView> clusters) {
    public StatusView {
        clusters = List.copyOf(clusters);
    }

    /**
     * One cluster at its last pass. Before the first, all that a pass would tell is null or empty.
     *
     * @param serving how many are in service; while the load balancer cannot be read, as last believed
     * @param onDemand how many of those are on-demand
     * @param intervalSeconds from the start of one pass to the start of the next
     * @param pass the number of the last pass since the daemon started
     * @param observedAt when the last reading was finished, whole or not
     */
    public record ClusterView(
            String name,
            String mode,
            String region,
            int desired,
            @Nullable Integer serving,
            int floor,
            int base,
            int max,
            @Nullable Integer onDemand,
            double intervalSeconds,
            List<NodeView> nodes,
            List<ActionView> actions,
            List<WithheldView> withheld,
            List<ConditionView> conditions,
            CostView cost,
            @Nullable Instant observedAt,
            @Nullable Long pass,
            List<GapView> gaps) {
        public ClusterView {
            nodes = List.copyOf(nodes);
            actions = List.copyOf(actions);
            withheld = List.copyOf(withheld);
            conditions = List.copyOf(conditions);
            gaps = List.copyOf(gaps);
        }
    }

    /**
     * One node. Of a foreign one, only the load balancer's word is known.
     *
     * @param healthy true: at every target group; false: sick at one, or for EC2; null: nobody has said
     * @param reason the label of why it is in this phase; null for a node that is simply in service
     * @param text the same as a sentence
     */
    public record NodeView(
            String id,
            @Nullable String type,
            @Nullable String zone,
            @Nullable String market,
            String role,
            String phase,
            boolean inService,
            @Nullable Boolean healthy,
            @Nullable CreditsView credits,
            @Nullable Instant launchedAt,
            @Nullable String reason,
            @Nullable String text) {}

    /**
     * CPU credits.
     *
     * @param balance in credits, at the last sample
     * @param exhaustsAt when they end at the recent trend; null where that is not in sight
     */
    public record CreditsView(
            @Nullable Double balance, @Nullable Instant exhaustsAt) {}

    /**
     * An action of the last pass.
     *
     * @param node null for a launch
     * @param reason the label of why
     * @param text what, to whom and why, as a sentence
     * @param outcome {@code done}, {@code failed} or {@code dropped}; null while there is none
     * @param detail what was launched, or why it failed or was not sent; null if there is nothing to say
     */
    public record ActionView(
            String kind,
            @Nullable String node,
            String reason,
            String text,
            @Nullable String outcome,
            @Nullable String detail) {}

    /** An action that was wanted in the last pass, and the guard that held it back. {@code reason} is the guard's. */
    public record WithheldView(String kind, @Nullable String node, String reason, String text, String guard) {}

    public record ConditionView(String name, Instant since, String reason, String text) {}

    /** Compute only, in USD per hour; null where a price is unknown. */
    public record CostView(
            @Nullable Double usdPerHour, @Nullable Double onDemandUsdPerHour) {}

    /** Something that could not be read; without a vital one, nothing is destroyed. */
    public record GapView(String source, boolean vital, Instant since, String text) {}
}
