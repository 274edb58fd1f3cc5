package dev.mainstay.simulation;

import dev.mainstay.cluster.GroupName;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.trace.CapacityTrace;
import dev.mainstay.simulation.trace.LoadTrace;
import dev.mainstay.simulation.trace.PriceTrace;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One AWS region as it shall be simulated. Two worlds of one spec, asked the same at the same times, answer the same.
 *
 * @param place what exists there
 */
public record WorldSpec(
        long seed,
        Place place,
        Boot boot,
        HealthChecks healthChecks,
        Api api,
        SpotRules spot,
        Traffic traffic,
        Overload overload) {

    /** A calm region: us-east-1 with three zones, t2.micro and t3.micro, one target group, defaults throughout. */
    public static WorldSpec calm(long seed) {
        return new WorldSpec(
                seed,
                Place.US_EAST_1,
                Boot.TYPICAL,
                HealthChecks.TYPICAL,
                Api.PROMPT,
                SpotRules.CALM,
                Traffic.LIGHT,
                Overload.NEVER);
    }

    public WorldSpec withPlace(Place changed) {
        return new WorldSpec(seed, changed, boot, healthChecks, api, spot, traffic, overload);
    }

    public WorldSpec withHealthChecks(HealthChecks changed) {
        return new WorldSpec(seed, place, boot, changed, api, spot, traffic, overload);
    }

    public WorldSpec withApi(Api changed) {
        return new WorldSpec(seed, place, boot, healthChecks, changed, spot, traffic, overload);
    }

    public WorldSpec withSpot(SpotRules changed) {
        return new WorldSpec(seed, place, boot, healthChecks, api, changed, traffic, overload);
    }

    public WorldSpec withTraffic(Traffic changed) {
        return new WorldSpec(seed, place, boot, healthChecks, api, spot, changed, overload);
    }

    public WorldSpec withBoot(Boot changed) {
        return new WorldSpec(seed, place, changed, healthChecks, api, spot, traffic, overload);
    }

    public WorldSpec withOverload(Overload changed) {
        return new WorldSpec(seed, place, boot, healthChecks, api, spot, traffic, changed);
    }

    /**
     * What exists.
     *
     * @param subnets the subnet in each zone
     * @param template the one launch template
     * @param targetGroups target groups by ARN, classic load balancers by name
     * @param groups its Auto Scaling groups
     * @param onDemandUsdPerHour the instance types on offer, with their on-demand price
     */
    public record Place(
            String region,
            SortedMap<Zone, String> subnets,
            Template template,
            List<TargetGroup> targetGroups,
            SortedMap<InstanceType, Double> onDemandUsdPerHour,
            List<GroupSpec> groups) {
        /** Three zones, the micro types of T2 and T3 at the list prices of Linux, a template and a target group. */
        public static final Place US_EAST_1 = new Place(
                "us-east-1",
                new TreeMap<>(Map.of(
                        new Zone("us-east-1a"), "subnet-a",
                        new Zone("us-east-1b"), "subnet-b",
                        new Zone("us-east-1c"), "subnet-c")),
                new Template("lt-0123456789abcdef0", "web", new InstanceType("t2.micro"), false),
                List.of(new TargetGroup(
                        "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef")),
                new TreeMap<>(Map.of(new InstanceType("t2.micro"), 0.0116, new InstanceType("t3.micro"), 0.0104)));

        public Place {
            subnets = Collections.unmodifiableSortedMap(new TreeMap<>(subnets));
            targetGroups = List.copyOf(targetGroups);
            groups = List.copyOf(groups);
            onDemandUsdPerHour = Collections.unmodifiableSortedMap(new TreeMap<>(onDemandUsdPerHour));
        }

        /** Without Auto Scaling groups. */
        public Place(
                String region,
                SortedMap<Zone, String> subnets,
                Template template,
                List<TargetGroup> targetGroups,
                SortedMap<InstanceType, Double> onDemandUsdPerHour) {
            this(region, subnets, template, targetGroups, onDemandUsdPerHour, List.of());
        }

        public Place withTargetGroups(List<TargetGroup> changed) {
            return new Place(region, subnets, template, changed, onDemandUsdPerHour, groups);
        }

        public Place withGroups(List<GroupSpec> changed) {
            return new Place(region, subnets, template, targetGroups, onDemandUsdPerHour, changed);
        }

        public Place withTypes(SortedMap<InstanceType, Double> changed) {
            return new Place(region, subnets, template, targetGroups, changed, groups);
        }

        /** The zone of a subnet. */
        Optional<Zone> zoneOf(String subnet) {
            return subnets.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(subnet))
                    .map(Map.Entry::getKey)
                    .findFirst();
        }
    }

    /**
     * An Auto Scaling group.
     *
     * @param attached where it registers its instances by itself
     * @param hook holds each instance before it serves, and before it ends; null: none does
     * @param heartbeat for how long the hook holds
     */
    public record GroupSpec(
            GroupName name,
            Market market,
            InstanceType type,
            int min,
            int max,
            int desired,
            List<TargetGroup> attached,
            @Nullable String hook,
            Duration heartbeat) {
        public GroupSpec {
            attached = List.copyOf(attached);
        }
    }

    /**
     * A launch template with one version.
     *
     * @param type where a launch names none
     * @param withInterface whether it has a network interface of its own, into which a subnet must then go
     */
    public record Template(String id, String name, InstanceType type, boolean withInterface) {}

    /**
     * How long machines take to start and to end. Between two figures, the seed decides.
     *
     * @param runningFrom from launch to {@code running}, at least
     * @param answersFrom from launch to the first answer to a health check, at least
     */
    public record Boot(
            Duration runningFrom,
            Duration runningTo,
            Duration answersFrom,
            Duration answersTo,
            Duration endingFrom,
            Duration endingTo) {
        /** A small web server: figures of experience, not AWS's. Most are up in the lower half of the range. */
        public static final Boot TYPICAL = new Boot(
                Duration.ofSeconds(15),
                Duration.ofSeconds(25),
                Duration.ofSeconds(60),
                Duration.ofSeconds(110),
                Duration.ofSeconds(20),
                Duration.ofSeconds(40));
    }

    /**
     * The target groups' settings.
     *
     * @param timeout after which a check without an answer has failed
     * @param unhealthyAfter failed checks in a row
     * @param healthyAfter good checks in a row for a target that was healthy before; a new one needs just one
     * @param slowBeyond a node out of credits answers too slowly for the check while it is asked for more than this
     *     multiple of the CPU that it can deliver
     * @param lag how much longer a network load balancer needs to take a target in, to let one go, and to call a sick one so;
     *     zero: it is an application or a classic load balancer
     */
    public record HealthChecks(
            Duration interval,
            Duration timeout,
            int unhealthyAfter,
            int healthyAfter,
            Duration deregistrationDelay,
            double slowBeyond,
            Duration lag) {
        /** The defaults of an Application Load Balancer. Source: its guide, "Target group health checks". */
        public static final HealthChecks TYPICAL =
                new HealthChecks(Duration.ofSeconds(30), Duration.ofSeconds(5), 2, 5, Duration.ofMinutes(5), 3);

        public HealthChecks(
                Duration interval,
                Duration timeout,
                int unhealthyAfter,
                int healthyAfter,
                Duration deregistrationDelay,
                double slowBeyond) {
            this(interval, timeout, unhealthyAfter, healthyAfter, deregistrationDelay, slowBeyond, Duration.ZERO);
        }

        public HealthChecks withDeregistrationDelay(Duration changed) {
            return new HealthChecks(interval, timeout, unhealthyAfter, healthyAfter, changed, slowBeyond, lag);
        }

        /** Those of a network load balancer. */
        public HealthChecks withLag(Duration changed) {
            return new HealthChecks(
                    interval, timeout, unhealthyAfter, healthyAfter, deregistrationDelay, slowBeyond, changed);
        }
    }

    /**
     * How AWS answers.
     *
     * @param pageSize the most rows on a page, whatever more was asked for
     * @param invisibleUpTo for how long, at most, a new instance is missing in descriptions
     * @param latency of every call, in virtual time
     * @param left the share of AWS's limits on calls that others in the account do not use, above 0 and at most 1
     */
    public record Api(int pageSize, Duration invisibleUpTo, Duration latency, double left) {
        /** Everything at once. */
        public static final Api PROMPT = new Api(1000, Duration.ZERO, Duration.ZERO);

        /** AWS's limits are all ours. */
        public Api(int pageSize, Duration invisibleUpTo, Duration latency) {
            this(pageSize, invisibleUpTo, latency, 1);
        }

        public Api withLeft(double changed) {
            return new Api(pageSize, invisibleUpTo, latency, changed);
        }
    }

    /**
     * The spot market.
     *
     * @param prices a pool without a trace has one flat price: 30 % of on-demand
     * @param capacities how many of our spot instances fit into a zone; a zone without a trace has room for all
     * @param noticeLead from the interruption notice to the end; two minutes at AWS
     * @param missingNotices the share of losses that come without a notice, 0 to 1
     */
    public record SpotRules(
            SortedMap<Pool, PriceTrace> prices,
            SortedMap<Zone, CapacityTrace> capacities,
            Duration noticeLead,
            double missingNotices) {
        /** Flat prices, room for all. */
        public static final SpotRules CALM = new SpotRules(new TreeMap<>(), new TreeMap<>(), Duration.ofMinutes(2), 0);

        public SpotRules {
            prices = Collections.unmodifiableSortedMap(new TreeMap<>(prices));
            capacities = Collections.unmodifiableSortedMap(new TreeMap<>(capacities));
        }

        public SpotRules withPrices(SortedMap<Pool, PriceTrace> changed) {
            return new SpotRules(changed, capacities, noticeLead, missingNotices);
        }

        public SpotRules withCapacities(SortedMap<Zone, CapacityTrace> changed) {
            return new SpotRules(prices, changed, noticeLead, missingNotices);
        }

        public SpotRules withMissingNotices(double changed) {
            return new SpotRules(prices, capacities, noticeLead, changed);
        }
    }

    /**
     * The demand on the cluster.
     *
     * @param visitors in percent of one node; times {@code nodes} it is the whole demand, shared by those in rotation
     * @param crawler in percent of one node; it sticks to one node in rotation for as long as that stays there
     * @param nodes for how many nodes {@code visitors} was meant
     */
    public record Traffic(LoadTrace visitors, LoadTrace crawler, double nodes) {
        /** Four nodes at 5 % each, under the baseline of a micro; no crawler. */
        public static final Traffic LIGHT = new Traffic(LoadTrace.constant(5), LoadTrace.constant(0), 4);
    }

    /**
     * What too much demand does to a node's health checks. The demand is shared by the nodes in rotation, so each one that
     * fails makes it worse for the others. A node that is asked for less again answers again.
     *
     * <p>Both figures are ratios of demand to what the node can deliver: all of its CPU, or its baseline without credits.
     * Between them, the seed decides how much each node bears.
     *
     * @param weakest beyond this the weakest node answers its checks too late
     * @param strongest beyond this every node does
     */
    public record Overload(double weakest, double strongest) {
        /** Nobody fails for demand alone. */
        public static final Overload NEVER = new Overload(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

        public Overload {
            if (!(weakest > 0 && strongest >= weakest)) {
                throw new IllegalArgumentException("an overload from %s to %s".formatted(weakest, strongest));
            }
        }

        /** What a node of this luck, 0 to 1, bears. */
        double bears(double luck) {
            // Not the sum of both parts: an infinite one would make it no number.
            return strongest == weakest ? weakest : weakest + luck * (strongest - weakest);
        }
    }
}
