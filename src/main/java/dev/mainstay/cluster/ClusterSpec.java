package dev.mainstay.cluster;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asked for: one cluster, whole and checked. Built by the config room, which knows the keys and the
 * defaults.
 *
 * @param region the AWS region, such as {@code us-east-1}
 * @param interval from the start of one pass to the start of the next
 * @param targetGroups the target groups in which every node is registered
 * @param spot empty: the cluster is all on-demand
 * @param groups empty: we launch the nodes; else these Auto Scaling groups do, and {@code launch} says nothing
 */
public record ClusterSpec(
        ClusterName name,
        Mode mode,
        String region,
        Duration interval,
        List<TargetGroup> targetGroups,
        Launch launch,
        Capacity capacity,
        Optional<Spot> spot,
        Health health,
        Credits credits,
        Guards guards,
        Optional<Groups> groups) {
    private static final Duration SHORTEST_BREAK = Duration.ofMinutes(2);

    public ClusterSpec {
        targetGroups = List.copyOf(targetGroups);
    }

    /** A cluster whose nodes we launch. */
    public ClusterSpec(
            ClusterName name,
            Mode mode,
            String region,
            Duration interval,
            List<TargetGroup> targetGroups,
            Launch launch,
            Capacity capacity,
            Optional<Spot> spot,
            Health health,
            Credits credits,
            Guards guards) {
        this(
                name,
                mode,
                region,
                interval,
                targetGroups,
                launch,
                capacity,
                spot,
                health,
                credits,
                guards,
                Optional.empty());
    }

    /** After a longer time than this without a look nobody watched, and what was seen before is old. */
    public Duration longestLook() {
        Duration threeIntervals = interval.multipliedBy(3);
        return threeIntervals.compareTo(SHORTEST_BREAK) > 0 ? threeIntervals : SHORTEST_BREAK;
    }

    /**
     * How nodes are launched.
     *
     * @param template the launch template's id ({@code lt-…}) or name
     * @param version a number, {@code $Default} or {@code $Latest}
     * @param subnets the subnet in each zone that may be used
     * @param tags further tags for the instances
     * @param keepFailed for how long the last node that never became healthy is kept for debugging; zero: not at all
     */
    public record Launch(
            String template,
            String version,
            SortedMap<Zone, String> subnets,
            Map<String, String> tags,
            Duration keepFailed,
            LaunchBy by) {
        /** A day: long enough for someone to look at it in office hours. */
        public static final Duration KEPT_FOR = Duration.ofHours(24);

        public Launch(String template, String version, SortedMap<Zone, String> subnets, Map<String, String> tags) {
            this(template, version, subnets, tags, KEPT_FOR);
        }

        public Launch(
                String template,
                String version,
                SortedMap<Zone, String> subnets,
                Map<String, String> tags,
                Duration keepFailed) {
            this(template, version, subnets, tags, keepFailed, LaunchBy.RUN_INSTANCES);
        }

        public Launch {
            subnets = Collections.unmodifiableSortedMap(new TreeMap<>(subnets));
            tags = Map.copyOf(tags);
        }
    }

    /**
     * How many nodes.
     *
     * @param desired wanted in service
     * @param min the floor
     * @param max the most that may exist at once
     * @param onDemandBase how many on-demand nodes must be in service
     * @param onDemandTypes the types for on-demand nodes, best first; empty: the launch template's own type
     * @param countForeign whether healthy targets that are not ours count toward {@code desired} and the floor
     */
    public record Capacity(
            int desired, int min, int max, int onDemandBase, List<InstanceType> onDemandTypes, boolean countForeign) {
        public Capacity {
            onDemandTypes = List.copyOf(onDemandTypes);
        }
    }

    /**
     * The spot market.
     *
     * @param types any of these will do
     * @param maxPrice in USD per hour; null: the on-demand price of the type
     * @param returnAfter how long a price must hold below the limit before a pool of the bid era is used again
     * @param returnMargin how far below {@code maxPrice} that limit lies, as a ratio
     * @param atRiskFor how long after a loss the older nodes of its pool are expected to follow; zero: not at all
     * @param insureFor how long after a loss or a refusal a spot node that boots in its pool is insured with on-demand; zero:
     *     not at all
     * @param moves whether nodes move to a cheaper pool where price is the whole market
     * @param rebalanceCandidates whether a spare node is launched elsewhere when EC2 recommends to leave a pool
     */
    public record Spot(
            List<InstanceType> types,
            @Nullable Double maxPrice,
            Duration returnAfter,
            double returnMargin,
            Duration atRiskFor,
            Duration insureFor,
            boolean moves,
            boolean rebalanceCandidates) {
        public Spot {
            types = List.copyOf(types);
        }
    }

    /**
     * When a node is given up.
     *
     * @param startupGrace from launch, in which a sick node is not judged
     * @param unhealthyAfter how long a node may be sick without a break
     * @param healthyFor how long a node must be well before an illness is forgotten
     * @param maxUnhealthy the share of running nodes above which illness is taken for a common cause, as a ratio
     * @param registrationDeadline from launch, by which a node must have been healthy once
     * @param flapsPerHour so many turns from healthy to sick within an hour count as a long illness; 0: they never do
     * @param leftAlone how long a node that someone else took out of rotation is left as it is
     */
    public record Health(
            Duration startupGrace,
            Duration unhealthyAfter,
            Duration healthyFor,
            double maxUnhealthy,
            Duration registrationDeadline,
            int flapsPerHour,
            Duration leftAlone) {}

    /**
     * What to do about CPU credits.
     *
     * @param exhaustedBelow the balance, in credits, at or under which a pinned node counts as exhausted
     * @param resumeAt the balance, in credits, at which a node has recovered: it ends a rest, and a time in unlimited mode
     * @param launchesPerDay how many launches of T1, and of T2 in standard mode, get launch credits, per account, region
     *     and 24 hours
     * @param fallbackType what an exhausted node is promoted to; null: nothing
     * @param spotMode the credit mode in which spot nodes of T3 and later are launched
     */
    public record Credits(
            Remedy remedy,
            double exhaustedBelow,
            double resumeAt,
            int launchesPerDay,
            @Nullable InstanceType fallbackType,
            CreditMode spotMode) {}

    /**
     * Limits on what we do.
     *
     * @param usdPerHour the most that the cluster's machines may cost in an hour; null: no cap
     * @param usdPerMonth the most that they may cost in a calendar month, in UTC as AWS bills; null: no cap
     * @param youngNode from launch, in which a node is not given up for its health or its credits
     * @param healsPerHour terminations of sick or exhausted nodes in an hour
     * @param returnsPerDay voluntary returns to spot in 24 hours
     * @param disruptionsPerHour other voluntary replacements in an hour
     * @param disruptionsPerDay other voluntary replacements in 24 hours
     * @param heldBackAfter how long something may be withheld before that is worth a person's look
     * @param windows when what could wait may be done; without any about it, at any time
     */
    public record Guards(
            @Nullable Double usdPerHour,
            @Nullable Double usdPerMonth,
            Duration youngNode,
            int healsPerHour,
            int returnsPerDay,
            int disruptionsPerHour,
            int disruptionsPerDay,
            Duration heldBackAfter,
            List<MaintenanceWindow> windows) {
        public Guards {
            windows = List.copyOf(windows);
        }
    }
}
