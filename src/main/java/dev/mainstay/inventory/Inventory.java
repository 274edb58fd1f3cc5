package dev.mainstay.inventory;

import dev.mainstay.cloud.Balancer;
import dev.mainstay.cloud.Cloud;
import dev.mainstay.cloud.SpotMarket;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Gap.Source;
import dev.mainstay.cluster.Group;
import dev.mainstay.cluster.GroupName;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.InstanceStatus;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Moment;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Notice;
import dev.mainstay.cluster.Observation;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.PriceHistory;
import dev.mainstay.cluster.Surroundings;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.TargetHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Observes one cluster. What cannot be read becomes a gap in the observation, never an exception; what changes slowly is
 * read no faster than it changes. Used by the cluster's loop only, so not thread-safe.
 */
public final class Inventory {
    private static final Duration STATUS_CHECKS_EVERY = Duration.ofMinutes(1);
    private static final Duration METRICS_EVERY = Duration.ofMinutes(5);
    /** From the notice to the end. Source: EC2 User Guide, "Spot Instance interruption notices". */
    private static final Duration NOTICE_AHEAD = Duration.ofMinutes(2);

    private static final Duration SETTINGS_EVERY = Duration.ofHours(1);

    private final ClusterSpec spec;
    private final Cloud cloud;
    private final Predicate<Instance> burstable;
    private final Predicate<Instance> throttled;
    private final Supplier<Moment> clock;
    private final Supplier<Surroundings> surroundings;
    private final PriceReader prices;
    private final SlowReading<Map<NodeId, InstanceStatus>> statuses =
            new SlowReading<>(Source.STATUS_CHECKS, STATUS_CHECKS_EVERY, Map.of());
    private final SlowReading<Map<NodeId, CreditReading>> credits =
            new SlowReading<>(Source.CREDIT_METRICS, METRICS_EVERY, Map.of());
    private final SlowReading<Map<NodeId, CreditMode>> creditModes =
            new SlowReading<>(Source.CREDIT_MODES, METRICS_EVERY, Map.of());
    private final SlowReading<Map<Pool, PriceHistory>> spotPrices =
            new SlowReading<>(Source.SPOT_PRICES, METRICS_EVERY, Map.of());
    private final SlowReading<Map<TargetGroup, Duration>> drainTimes =
            new SlowReading<>(Source.TARGET_GROUP_SETTINGS, SETTINGS_EVERY, Map.of());
    private final SlowReading<Optional<InstanceType>> templateType =
            new SlowReading<>(Source.LAUNCH_TEMPLATE, SETTINGS_EVERY, Optional.empty());
    private final SlowReading<List<Instance>> instances = new SlowReading<>(Source.INSTANCES, Duration.ZERO, List.of());
    private final SlowReading<Map<TargetGroup, Map<NodeId, TargetHealth>>> targets =
            new SlowReading<>(Source.TARGET_HEALTH, Duration.ZERO, Map.of());
    private final SlowReading<Map<GroupName, Group>> groups = new SlowReading<>(Source.GROUPS, Duration.ZERO, Map.of());
    private final SlowReading<Map<String, SpotMarket.RequestStatus>> spotRequests =
            new SlowReading<>(Source.SPOT_REQUESTS, Duration.ZERO, Map.of());

    private @Nullable InstanceType lastTemplateType;

    /**
     * An observer of one cluster.
     *
     * @param burstable which instances have CPU credits
     * @param throttled which others have a CPU that AWS may hold down all the same, and metrics worth reading
     */
    public Inventory(
            ClusterSpec spec,
            Cloud cloud,
            Predicate<Instance> burstable,
            Predicate<Instance> throttled,
            Supplier<Moment> clock,
            Supplier<Surroundings> surroundings) {
        this.surroundings = surroundings;
        this.spec = spec;
        this.cloud = cloud;
        this.burstable = burstable;
        this.throttled = throttled;
        this.clock = clock;
        this.prices = new PriceReader(spec, cloud.spotMarket());
    }

    /**
     * Reads the cluster.
     *
     * @param remembered ids that ought to exist: those that EC2 does not list are asked for by id
     */
    public Observation observe(Set<NodeId> remembered) {
        Moment started = clock.get();
        Observation observation = look(remembered, started);
        if (!stale(started)) {
            return observation;
        }
        // Frozen in the middle: what was read first is old, and the next look is not.
        Moment again = clock.get();
        observation = look(remembered, again);
        return stale(again)
                ? observation.with(new Gap(
                        Source.INSTANCES,
                        again.wall(),
                        "looking took %d s, and what was read first is too old"
                                .formatted(clock.get().since(again).toSeconds())))
                : observation;
    }

    private boolean stale(Moment started) {
        return clock.get().since(started).compareTo(spec.longestLook()) > 0;
    }

    private Observation look(Set<NodeId> remembered, Moment started) {
        Readings readings = new Readings(started);
        List<Instance> listed =
                readings.take(instances, "", () -> cloud.instances().of(spec.name()));
        Map<TargetGroup, Map<NodeId, TargetHealth>> health = readings.take(targets, "", this::readTargets);
        Map<GroupName, Group> sized = spec.groups()
                .map(named -> readings.take(groups, "", () -> cloud.groups().read(Set.copyOf(named.names()))))
                .orElse(Map.of());
        boolean complete = readings.complete(Source.INSTANCES);

        Set<NodeId> running = ids(listed, instance -> instance.state() == InstanceState.RUNNING);
        Set<NodeId> withCredits =
                ids(listed, instance -> instance.state() == InstanceState.RUNNING && burstable.test(instance));
        Set<NodeId> metered = ids(
                listed,
                instance -> instance.state() == InstanceState.RUNNING
                        && (burstable.test(instance) || throttled.test(instance)));
        Set<Pool> grouped = spec.groups().isEmpty()
                ? Set.of()
                : listed.stream()
                        .filter(instance -> instance.market() == Market.SPOT)
                        .map(Instance::pool)
                        .collect(Collectors.toUnmodifiableSet());
        Set<String> asked = listed.stream()
                .filter(Inventory::live)
                .flatMap(instance -> Stream.ofNullable(instance.spotRequest()))
                .collect(Collectors.toUnmodifiableSet());

        Map<String, SpotMarket.RequestStatus> requests = asked.isEmpty()
                ? Map.of()
                : readings.take(spotRequests, "", () -> cloud.spotMarket().requests(asked));
        Map<NodeId, InstanceStatus> checks = running.isEmpty()
                ? Map.of()
                : readings.take(statuses, running, () -> cloud.instances().statuses(running));
        Map<NodeId, CreditReading> creditReadings = metered.isEmpty()
                ? Map.of()
                : readings.take(credits, metered, () -> cloud.creditMetrics().read(metered, started.wall()));
        Map<NodeId, CreditMode> modes = withCredits.isEmpty()
                ? Map.of()
                : readings.take(
                        creditModes, withCredits, () -> cloud.instances().creditModes(withCredits));
        Map<Pool, PriceHistory> history = spec.spot().isEmpty() && grouped.isEmpty()
                ? Map.of()
                : readings.take(spotPrices, grouped, () -> prices.read(started.wall(), grouped));
        Map<TargetGroup, Duration> drains = readings.take(drainTimes, "", this::readDrainTimes);
        InstanceType type = templateType(readings);
        Unlisted unlisted = complete ? unlisted(remembered, listed, health, readings) : Unlisted.NONE;

        List<Node> nodes = listed.stream()
                .map(instance -> {
                    InstanceStatus status = checks.getOrDefault(instance.id(), InstanceStatus.UNKNOWN);
                    return new Node(
                            instance,
                            registrations(instance.id(), health),
                            status.check(),
                            notice(instance, requests, started),
                            creditReadings.get(instance.id()),
                            modes.get(instance.id()),
                            status.events(),
                            null);
                })
                .toList();
        return new Observation(
                clock.get(),
                nodes,
                unlisted.gone(),
                unlisted.disowned(),
                foreign(health, listed, remembered),
                drains,
                type,
                history,
                readings.gaps(),
                surroundings.get(),
                sized);
    }

    /** Asked for only where the config leaves the type to the template; the last answer holds while there is no new one. */
    private @Nullable InstanceType templateType(Readings readings) {
        if (!spec.capacity().onDemandTypes().isEmpty() || spec.groups().isPresent()) {
            return null;
        }
        ClusterSpec.Launch launch = spec.launch();
        readings.take(templateType, "", () -> cloud.launcher().templateType(launch.template(), launch.version()))
                .ifPresent(type -> lastTemplateType = type);
        return lastTemplateType;
    }

    private Map<TargetGroup, Map<NodeId, TargetHealth>> readTargets() {
        Map<TargetGroup, Map<NodeId, TargetHealth>> all = new TreeMap<>();
        for (Balancer balancer : cloud.balancers()) {
            all.put(balancer.targetGroup(), balancer.health());
        }
        return all;
    }

    private Map<TargetGroup, Duration> readDrainTimes() {
        return cloud.balancers().stream().collect(Collectors.toMap(Balancer::targetGroup, Balancer::drainTime));
    }

    /** Which of the ids that ought to exist EC2, asked by id, denies, and which it shows to be no longer ours. */
    private Unlisted unlisted(
            Set<NodeId> remembered,
            List<Instance> listed,
            Map<TargetGroup, Map<NodeId, TargetHealth>> health,
            Readings readings) {
        Set<NodeId> asked = new HashSet<>(remembered);
        listed.forEach(instance -> asked.remove(instance.id()));
        List<Instance> found = asked.isEmpty()
                ? List.of()
                : readings.once(Source.INSTANCES, () -> cloud.instances().byId(asked));
        if (!readings.complete(Source.INSTANCES)) {
            return Unlisted.NONE;
        }
        Set<NodeId> gone = new HashSet<>(asked);
        gone.removeAll(ids(found, Inventory::live));
        // Who answers the load balancer is not gone, whatever EC2 lists.
        health.values().forEach(targets -> gone.removeIf(id -> healthy(targets.get(id))));
        // Without any tag at all on anything it is the tags that EC2 does not show.
        Set<NodeId> disowned = ids(
                found,
                instance -> live(instance)
                        && !instance.ownedBy(spec.name())
                        && !(instance.tags().isEmpty() && listed.isEmpty()));
        return new Unlisted(gone, disowned);
    }

    /** Ids that ought to exist and were not listed: what became of them. */
    private record Unlisted(Set<NodeId> gone, Set<NodeId> disowned) {
        static final Unlisted NONE = new Unlisted(Set.of(), Set.of());
    }

    private static Map<TargetGroup, TargetHealth> registrations(
            NodeId id, Map<TargetGroup, Map<NodeId, TargetHealth>> health) {
        Map<TargetGroup, TargetHealth> own = new HashMap<>();
        health.forEach((group, targets) -> {
            TargetHealth one = targets.get(id);
            if (one != null) {
                own.put(group, one);
            }
        });
        return own;
    }

    private static Map<NodeId, Map<TargetGroup, TargetHealth>> foreign(
            Map<TargetGroup, Map<NodeId, TargetHealth>> health, List<Instance> listed, Set<NodeId> remembered) {
        Set<NodeId> ours = new HashSet<>(remembered);
        listed.forEach(instance -> ours.add(instance.id()));
        Map<NodeId, Map<TargetGroup, TargetHealth>> foreign = new TreeMap<>();
        health.forEach((group, targets) -> targets.forEach((id, one) -> {
            if (!ours.contains(id)) {
                foreign.computeIfAbsent(id, key -> new TreeMap<>()).put(group, one);
            }
        }));
        return foreign;
    }

    private static @Nullable Notice notice(
            Instance instance, Map<String, SpotMarket.RequestStatus> requests, Moment now) {
        SpotMarket.RequestStatus status = instance.spotRequest() == null ? null : requests.get(instance.spotRequest());
        if (status == null || !live(instance) || !SpotRequestStatus.announcesLoss(status.code())) {
            return null;
        }
        Instant since = status.since();
        // A time in the future, or one at which it would have gone by now, is a clock that is wrong, ours or theirs.
        boolean plausible = since != null
                && !since.isAfter(now.wall())
                && since.plus(NOTICE_AHEAD).isAfter(now.wall());
        Instant given = plausible ? Objects.requireNonNull(since) : now.wall();
        return Notice.given(status.code(), given, now.wall());
    }

    private static boolean healthy(@Nullable TargetHealth health) {
        return health != null && health.healthy();
    }

    private static boolean live(Instance instance) {
        return !instance.state().dead();
    }

    private static Set<NodeId> ids(List<Instance> instances, Predicate<Instance> wanted) {
        return instances.stream().filter(wanted).map(Instance::id).collect(Collectors.toUnmodifiableSet());
    }
}
