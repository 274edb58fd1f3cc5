package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Group;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.Observation;
import dev.mainstay.cluster.ScheduledEvent;
import dev.mainstay.cluster.StatusCheck;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.credits.Forecast;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How the memory of one node follows from what an observation shows of it. */
final class NodeRecollection {
    /** For so long EC2 may not list what it has launched. Source: EC2, "Eventual consistency"; reports of minutes. */
    private static final Duration INVISIBLE = Duration.ofMinutes(5);

    private static final Duration GONE_FOR = Duration.ofMinutes(2);
    private static final int GONE_TIMES = 3;

    /** Credits that end sooner than this are none to keep a node for. */
    private static final Duration LASTING = Duration.ofHours(1);

    /** One list of targets may be an old one: only who is still in it after this was put back by someone. */
    private static final Duration PUT_BACK_AFTER = Duration.ofMinutes(1);

    /** A list that still has a node that we took out may be an old one. So long it is doubted, as all that lacks nodes is. */
    private static final Duration REST_SHOWN_WITHIN = Duration.ofHours(1);

    private final ClusterSpec spec;
    private final Observation observation;
    private final Instant now;

    NodeRecollection(ClusterSpec spec, Observation observation) {
        this.spec = spec;
        this.observation = observation;
        this.now = observation.at().wall();
    }

    NodeMemory listed(NodeMemory memory, Node node) {
        NodeMemory next = memory.with(node.instance()).withMissing(null);
        if (node.instance().state().dead()) {
            return next.lost() ? next : next.withLost(now);
        }
        if (memory.instance().state().ending()) {
            return memory; // an old sight: nothing comes back from there
        }
        if (next.lost()) {
            // A stopped instance that someone started again.
            next = NodeMemory.of(node.instance(), now);
        }
        if (node.notice() != null && next.notice() == null) {
            next = next.with(node.notice());
        }
        if (observation.gap(Gap.Source.TARGET_HEALTH).isEmpty()) {
            next = pardoned(withHealth(withRegistration(next, node), node), node);
        }
        return takenByGroup(withCredits(forgiven(next, node), node));
    }

    /** A group that ends one of its instances asks nobody; what we had in mind for it is over. */
    private NodeMemory takenByGroup(NodeMemory memory) {
        return observation.groups().values().stream()
                .filter(group -> memory.drainingSince() == null)
                .filter(group -> {
                    Group.Lifecycle lifecycle =
                            group.members().get(memory.instance().id());
                    return lifecycle != null && lifecycle.ends();
                })
                .findFirst()
                .map(group -> memory.condemned(new Reason.OfGroup(group.name(), new GroupMatter.Ends()), now)
                        .withDraining(now))
                .orElse(memory);
    }

    NodeMemory unlisted(NodeMemory memory) {
        if (memory.lost()) {
            return memory;
        }
        NodeMemory.Missing before = memory.missing() == null ? new NodeMemory.Missing(now, 0, false) : memory.missing();
        boolean disowned = disowned(memory);
        boolean shownGone =
                disowned || observation.gone().contains(memory.instance().id());
        NodeMemory.Missing missing = missing(before, shownGone, disowned);
        boolean gone = missing.shownGone() >= GONE_TIMES
                && !missing.since().plus(GONE_FOR).isAfter(now)
                && !memory.firstSeen().plus(INVISIBLE).isAfter(now);
        NodeMemory next = memory.withMissing(missing);
        return gone ? next.withLost(now) : next;
    }

    /** Whom EC2 knew again by id in between, as one that has only just become visible, was not gone before. */
    private NodeMemory.Missing missing(NodeMemory.Missing before, boolean shownGone, boolean disowned) {
        if (shownGone) {
            return new NodeMemory.Missing(before.since(), before.shownGone() + 1, disowned);
        }
        boolean asked = observation.gap(Gap.Source.INSTANCES).isEmpty();
        return asked ? new NodeMemory.Missing(now, 0, false) : before;
    }

    /**
     * Someone took the tag off, to have the node for himself. Where most of the nodes lost it at once, it was no one's wish:
     * a clean-up of tags must not look like an empty cluster.
     */
    private boolean disowned(NodeMemory memory) {
        return observation.disowned().contains(memory.instance().id())
                && observation.disowned().size()
                        <= observation.nodes().stream()
                                .filter(node -> !node.instance().state().dead())
                                .count();
    }

    private NodeMemory withRegistration(NodeMemory memory, Node node) {
        SortedSet<TargetGroup> registered = new TreeSet<>(spec.targetGroups());
        registered.removeIf(group -> !registered(node, group));
        boolean everywhere = registered.size() == spec.targetGroups().size();
        if (memory.credits().resting()) {
            return resting(memory, registered, everywhere);
        }
        boolean running = node.instance().state() == InstanceState.RUNNING;
        boolean ours = memory.drainingSince() != null || memory.condemned() != null || memory.keptSince() != null;
        // A target group that the config has only now is not one that somebody took it out of.
        boolean takenOut = running
                && !ours
                && spec.targetGroups().stream()
                        .anyMatch(group -> memory.registered().contains(group) && !registered.contains(group));
        if (takenOut) {
            return memory.withRegistered(memory.registered(), memory.heldSince() == null ? now : memory.heldSince());
        }
        if (everywhere) {
            return memory.withRegistered(registered, null);
        }
        return memory.withRegistered(running && !ours ? registered : memory.registered(), null);
    }

    /**
     * Someone may end a rest by putting the node back into rotation. An old list of targets looks the same, so first it must
     * have been seen out of rotation, and then in it for a while.
     */
    private NodeMemory resting(NodeMemory memory, SortedSet<TargetGroup> registered, boolean everywhere) {
        CreditMemory credits = memory.credits();
        if (!everywhere) {
            return memory.with(credits.withBack(null)).withRegistered(registered, null);
        }
        boolean seenOut = memory.registered().size() < registered.size();
        boolean shown = seenOut
                || !or(credits.restingSince(), now).plus(REST_SHOWN_WITHIN).isAfter(now);
        if (!shown) {
            return memory;
        }
        Instant back = or(credits.backSince(), now);
        return back.plus(PUT_BACK_AFTER).isAfter(now)
                ? memory.with(credits.withBack(back))
                : memory.with(credits.withResting(null)).withRegistered(registered, null);
    }

    private static Instant or(@Nullable Instant value, Instant otherwise) {
        return value == null ? otherwise : value;
    }

    private static boolean registered(Node node, TargetGroup group) {
        TargetHealth health = node.targets().get(group);
        return health != null && health.state() != TargetHealth.State.DRAINING;
    }

    private NodeMemory withHealth(NodeMemory memory, Node node) {
        HealthMemory health = memory.health();
        Optional<Reason> illness = illness(node, health.sickSince() == null ? now : health.sickSince());
        if (illness.isPresent()) {
            return memory.with(health.seenSick(now, illness.get(), turnsToRemember(memory)));
        }
        return memory.with(healthy(node) ? health.seenHealthy(now, spec.health().healthyFor()) : health.seenNeither());
    }

    /** What a node shows in its startup grace is its start. */
    private int turnsToRemember(NodeMemory memory) {
        Instant judged = memory.startedAt().plus(spec.health().startupGrace());
        return judged.isAfter(now) ? 0 : spec.health().flapsPerHour();
    }

    /** A cluster of one has nobody to compare it with, and nobody to serve while it is replaced: it is given twice the time. */
    private Duration patience() {
        Duration limit = spec.health().unhealthyAfter();
        return spec.capacity().desired() == 1 ? limit.multipliedBy(2) : limit;
    }

    /** Healthy in all of its target groups. A cluster without any is judged by EC2 alone. */
    private boolean healthy(Node node) {
        return node.instance().state() == InstanceState.RUNNING
                && spec.targetGroups().stream().allMatch(group -> {
                    TargetHealth health = node.targets().get(group);
                    return health != null && health.healthy();
                });
    }

    /** Sick in any target group is sick. */
    private Optional<Reason> illness(Node node, Instant since) {
        for (TargetGroup group : spec.targetGroups()) {
            TargetHealth health = node.targets().get(group);
            if (health != null && health.sick()) {
                String code = health.reason() == null ? "unhealthy" : health.reason();
                return Optional.of(new Reason.UnhealthyFor(since, patience(), group, code));
            }
        }
        if (node.statusCheck() == StatusCheck.IMPAIRED) {
            return Optional.of(
                    new Reason.StatusChecksFailed(since, spec.health().unhealthyAfter()));
        }
        return Optional.empty();
    }

    /** A node whose trouble ended before it was taken out of rotation stays. */
    private NodeMemory pardoned(NodeMemory memory, Node node) {
        NodeMemory.Condemnation condemned = memory.condemned();
        if (condemned == null || memory.drainingSince() != null) {
            return memory;
        }
        HealthMemory health = memory.health();
        boolean well = health.healthySince() != null && !health.sick();
        boolean over = switch (condemned.reason()) {
            case Reason.UnhealthyFor _,
                    Reason.StatusChecksFailed _,
                    Reason.NeverHealthy _,
                    Reason.NotSeenHealthy _,
                    Reason.CanaryDone _ -> well;
            // However well it looks now: only an hour without another turn shows that it has stopped.
            case Reason.Flapping _ -> well && health.turnsUntil(now).isEmpty();
            case Reason.EventAhead _ ->
                // Where the status could not be read, no event is no news.
                node.statusCheck() != StatusCheck.UNKNOWN
                        && node.events().stream().noneMatch(ScheduledEvent::endsTheInstance);
            default -> false;
        };
        return over ? memory.withCondemned(null) : memory;
    }

    /** A node that has credits again before it was taken out of rotation stays. */
    private NodeMemory forgiven(NodeMemory memory, Node node) {
        boolean forCredits = memory.condemned() != null && memory.condemned().reason() instanceof Reason.Remedied;
        boolean recovered = node.credits() != null
                && !node.credits().stale(now)
                && node.credits().balance() != null
                && node.credits().balance() >= spec.credits().resumeAt();
        if (!forCredits || !recovered || memory.drainingSince() != null) {
            return memory;
        }
        Forecast forecast = Exhaustion.forecast(node, memory, now);
        return forecast != null && forecast.endsBefore(now.plus(LASTING)) ? memory : memory.withCondemned(null);
    }

    private NodeMemory withCredits(NodeMemory memory, Node node) {
        Optional<Boolean> exhausted = Exhaustion.of(node, memory, spec.credits().exhaustedBelow(), now);
        if (exhausted.isEmpty()) {
            return memory;
        }
        if (!exhausted.get()) {
            return memory.with(memory.credits().withExhausted(null));
        }
        return memory.credits().exhaustedSince() == null
                ? memory.with(memory.credits().withExhausted(now))
                : memory;
    }
}
