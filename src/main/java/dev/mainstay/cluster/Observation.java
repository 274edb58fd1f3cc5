package dev.mainstay.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a cluster in one pass, and what could not be read.
 *
 * @param at when the reading was finished
 * @param nodes every instance with the cluster's tag that EC2 listed, ended ones included
 * @param gone ids that we remember, that the list did not have, and that EC2, asked by id, does not know or calls ended
 * @param disowned ids that we remember, and that EC2, asked by id, shows alive and without the cluster's tag
 * @param foreign targets that are registered and not ours
 * @param drainTimes the deregistration delay of each target group, where it could be read
 * @param templateType the launch template's own instance type; null where it names none, was not read or is not needed
 * @param prices the recent price history of each pool that the cluster may use, where it could be read
 * @param surroundings what is not AWS's to tell
 * @param groups the cluster's Auto Scaling groups, where they could be read
 */
public record Observation(
        Moment at,
        List<Node> nodes,
        Set<NodeId> gone,
        Set<NodeId> disowned,
        Map<NodeId, Map<TargetGroup, TargetHealth>> foreign,
        Map<TargetGroup, Duration> drainTimes,
        @Nullable InstanceType templateType,
        Map<Pool, PriceHistory> prices,
        List<Gap> gaps,
        Surroundings surroundings,
        Map<GroupName, Group> groups) {

    public Observation {
        nodes = List.copyOf(nodes);
        gone = Set.copyOf(gone);
        disowned = Set.copyOf(disowned);
        foreign = Map.copyOf(foreign);
        drainTimes = Map.copyOf(drainTimes);
        prices = Map.copyOf(prices);
        gaps = List.copyOf(gaps);
        groups = Map.copyOf(groups);
    }

    /** Of a cluster without groups. */
    public Observation(
            Moment at,
            List<Node> nodes,
            Set<NodeId> gone,
            Set<NodeId> disowned,
            Map<NodeId, Map<TargetGroup, TargetHealth>> foreign,
            Map<TargetGroup, Duration> drainTimes,
            @Nullable InstanceType templateType,
            Map<Pool, PriceHistory> prices,
            List<Gap> gaps,
            Surroundings surroundings) {
        this(at, nodes, gone, disowned, foreign, drainTimes, templateType, prices, gaps, surroundings, Map.of());
    }

    /** Seen from nowhere in particular. */
    public Observation(
            Moment at,
            List<Node> nodes,
            Set<NodeId> gone,
            Map<NodeId, Map<TargetGroup, TargetHealth>> foreign,
            Map<TargetGroup, Duration> drainTimes,
            @Nullable InstanceType templateType,
            Map<Pool, PriceHistory> prices,
            List<Gap> gaps) {
        this(at, nodes, gone, Set.of(), foreign, drainTimes, templateType, prices, gaps, Surroundings.NONE);
    }

    /** The same, and this could not be read either. */
    public Observation with(Gap gap) {
        List<Gap> all = new ArrayList<>(gaps);
        all.add(gap);
        return new Observation(
                at, nodes, gone, disowned, foreign, drainTimes, templateType, prices, all, surroundings, groups);
    }

    /** The same, and nobody is believed to be gone, for this reason. */
    public Observation doubting(Gap why) {
        List<Gap> all = new ArrayList<>(gaps);
        all.add(why);
        return new Observation(
                at, nodes, Set.of(), disowned, foreign, drainTimes, templateType, prices, all, surroundings);
    }

    /** The same, beside other clusters that had these launches with launch credits. */
    public Observation beside(List<Instant> launches) {
        return new Observation(
                at,
                nodes,
                gone,
                disowned,
                foreign,
                drainTimes,
                templateType,
                prices,
                gaps,
                surroundings.beside(launches),
                groups);
    }

    public Optional<Gap> gap(Gap.Source source) {
        return gaps.stream().filter(gap -> gap.source() == source).findFirst();
    }

    /** Whether every vital read succeeded, all pages of it. */
    public boolean sees() {
        return gaps.stream().noneMatch(gap -> gap.source().vital());
    }
}
