package dev.mainstay.planning;

import dev.mainstay.catalog.Catalog;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Observation;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.Zone;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a pass has to decide about: everything that rules and guards may look at. Nothing in it changes while they do.
 *
 * @param standings where each node stands, by id
 * @param census how many of them do what
 * @param sharedFate who is sick and who is well, while a shared fate is gone about; empty while it is not
 * @param unused a target group that gets no traffic from its load balancer, if there is one
 * @param draining who is out of rotation by us and on the way out
 * @param shortages which nodes lack CPU credits
 */
public record Situation(
        ClusterSpec spec,
        Observation observation,
        Memory memory,
        Instant now,
        Catalog catalog,
        Map<NodeId, Standing> standings,
        Census census,
        Optional<SharedFate> sharedFate,
        Optional<Reason> unused,
        List<Standing> draining,
        SpotPools spotPools,
        CreditShortages shortages) {

    static Situation of(ClusterSpec spec, Observation observation, Memory memory, Instant now, Catalog catalog) {
        Map<NodeId, Standing> standings =
                LinkedHashMap.newLinkedHashMap(memory.nodes().size());
        Standings.of(spec, observation, memory).forEach(standing -> standings.put(standing.id(), standing));
        return new Situation(
                spec,
                observation,
                memory,
                now,
                catalog,
                standings,
                Census.of(standings.values(), memory),
                Optional.ofNullable(memory.canary()).map(canary -> SharedFate.of(spec, standings.values(), canary)),
                unused(spec, observation),
                standings.values().stream()
                        .filter(node -> node.phase() == Phase.DRAINING)
                        .toList(),
                SpotPools.of(spec, observation, memory, now, catalog),
                CreditShortages.of(spec, memory, standings.values(), now));
    }

    public Collection<Standing> nodes() {
        return standings.values();
    }

    /** How many get traffic now; what the floor looks at. */
    public int inService() {
        return census.inService() + foreignInService();
    }

    /**
     * How many targets that are not ours count: those that are healthy wherever they are registered. None unless the
     * config says so, and none that can be seen while the load balancer cannot be read.
     */
    public int foreignInService() {
        if (!spec.capacity().countForeign()) {
            return 0;
        }
        return (int) observation.foreign().values().stream()
                .filter(targets -> targets.values().stream().allMatch(TargetHealth::healthy))
                .count();
    }

    /** A target group to which nodes are registered, and none of whose targets the load balancer uses. */
    private static Optional<Reason> unused(ClusterSpec spec, Observation observation) {
        for (TargetGroup group : spec.targetGroups()) {
            // The load balancer sends nobody to nodes that ended, which says nothing of it.
            List<TargetHealth> registered = observation.nodes().stream()
                    .filter(node -> !node.instance().state().dead())
                    .flatMap(node -> Stream.ofNullable(node.targets().get(group)))
                    .toList();
            if (!registered.isEmpty()
                    && registered.stream().allMatch(health -> health.state() == TargetHealth.State.UNUSED)) {
                return Optional.of(new Reason.Unused(group, registered.size()));
            }
        }
        return Optional.empty();
    }

    /** The floor: {@code min}, and never nothing at all unless that is what was asked for. */
    public int floor() {
        return spec.capacity().desired() == 0 ? 0 : Math.max(1, spec.capacity().min());
    }

    public int onDemandInService() {
        return census.onDemandInService();
    }

    /** How many exist and count against {@code max}; launches without an answer included. */
    public int existing() {
        return census.existing();
    }

    /** Whether it is the one extra node that tells a shared fate from a lasting fault; once that is over it is like any other. */
    public boolean isCanary(Standing node) {
        return memory.canary() != null && memory.canary().is(node.memory());
    }

    /** How many nodes the launches without an answer may have made. */
    public int unanswered() {
        return census.unanswered();
    }

    /**
     * The types for on-demand nodes, best first: those of the config, else the launch template's own. Where that could not
     * be read yet the first spot type will do; empty where there is none either, and no on-demand node can be asked for.
     */
    public List<InstanceType> onDemandTypes() {
        List<InstanceType> wanted = spec.capacity().onDemandTypes();
        if (!wanted.isEmpty()) {
            return wanted;
        }
        InstanceType templateType = observation.templateType();
        return templateType != null
                ? List.of(templateType)
                : spec.spot().stream()
                        .flatMap(spot -> spot.types().stream().limit(1))
                        .toList();
    }

    /** The older version of the launch template to launch from, where the config's makes nodes that never serve; else null. */
    public @Nullable String fallbackVersion() {
        return memory.versions().fallback(spec.launch(), now).orElse(null);
    }

    public OptionalDouble onDemandPrice(InstanceType type) {
        return catalog.onDemandUsdPerHour(spec.region(), type);
    }

    /** Whether no node of ours was ever healthy: a cluster that is being started, not one that was lost. */
    public boolean bootstrap() {
        return nodes().stream().allMatch(node -> node.memory().health().firstHealthy() == null);
    }

    /** Whether nothing more is launched in this zone, because everyone there is sick while the others are well. */
    public boolean sickZone(Zone zone) {
        return SpotPools.sickZone(memory, zone);
    }

    /** Whether EC2 recommends to leave this serving spot node, and may still mean it. */
    public boolean hinted(Standing node) {
        return node.phase() == Phase.IN_SERVICE && node.seen() != null && Rebalance.hinted(node.seen(), now);
    }

    /** How many serving nodes are not surplus though more than desired: the spare for one that EC2 recommends to leave. */
    public int spares() {
        boolean kept = spec.spot().map(ClusterSpec.Spot::rebalanceCandidates).orElse(false);
        return kept && nodes().stream().anyMatch(this::hinted) ? 1 : 0;
    }

    /** On-demand nodes that stand in for spot; none in a cluster that is all on-demand. */
    public int standIns(int onDemand) {
        return spec.spot().isEmpty()
                ? 0
                : Math.max(0, onDemand - spec.capacity().onDemandBase());
    }
}
