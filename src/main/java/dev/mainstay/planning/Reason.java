package dev.mainstay.planning;

import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.GroupName;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.cluster.ScheduledEvent;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.Voluntary;
import dev.mainstay.cluster.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why: the values behind a phase, an action, a withheld action or a condition. {@link Wording} makes it a sentence. */
public sealed interface Reason {

    /** Whether it says that a node is sick: what a deploy may cause, and what passes when the node gets well. */
    default boolean illness() {
        return switch (this) {
            case UnhealthyFor _, StatusChecksFailed _, Flapping _, NeverHealthy _, NotSeenHealthy _ -> true;
            default -> false;
        };
    }

    /** Why it could as well wait; empty for what is forced on us, what heals and what fills a gap. */
    default Optional<Voluntary> voluntary() {
        return switch (this) {
            case SpotReturned _, StandInNotNeeded _ -> Optional.of(Voluntary.RETURN);
            case BetterPool _, RebalanceAdvised _ -> Optional.of(Voluntary.MOVE);
            case EventAhead _ -> Optional.of(Voluntary.SCHEDULED_EVENT);
            default -> Optional.empty();
        };
    }

    /** When AWS will do it itself, so that waiting beyond that gains nothing; empty: never. */
    default Optional<Instant> forcedAt() {
        return this instanceof EventAhead event ? Optional.ofNullable(event.notBefore()) : Optional.empty();
    }

    // Of a node
    /** Sick at a target group without a break; {@code code} is the load balancer's. */
    record UnhealthyFor(Instant since, Duration limit, TargetGroup targetGroup, String code) implements Reason {}

    /** EC2's own status checks fail. */
    record StatusChecksFailed(Instant since, Duration limit) implements Reason {}

    /** Turned from healthy to sick again and again, however well it looked in between. */
    record Flapping(int turns, Instant since, Duration window) implements Reason {}

    /** Never healthy since its launch. */
    record NeverHealthy(Instant launchedAt, Duration deadline) implements Reason {}

    /** Not healthy since we know it; what it was before nobody knows. */
    record NotSeenHealthy(Instant since, Duration deadline) implements Reason {}

    /** No CPU credits left, and the CPU held near its baseline. */
    record CreditsExhausted(Instant since, double balance, double cpuPercent, double baselinePercent)
            implements Reason {}

    /** AWS has announced to stop or retire the instance. */
    record EventAhead(ScheduledEvent.Kind kind, @Nullable Instant notBefore) implements Reason {}

    /** At the recent trend its CPU credits end before a replacement could serve. */
    record CreditsRunningLow(double balance, Instant exhaustsAt, Duration replacementTakes) implements Reason {}

    /** A T1 node whose CPU stands still and whose checks fail: AWS shows no credits for it. */
    record CpuPlateau(Instant since, double cpuPercent) implements Reason {}

    /**
     * What is done about a lack of CPU credits.
     *
     * @param trouble what is wrong
     * @param compared each remedy that was thought of, in order
     */
    record Remedied(Remedy remedy, Reason trouble, List<RemedyPrice> compared) implements Reason {
        public Remedied {
            compared = List.copyOf(compared);
        }
    }

    /**
     * What a remedy would cost beyond the node itself, and why it is not to be had. Surplus credits that would be billed
     * are in it.
     *
     * @param usdPerHour for as long as it lasts; null, as in usdOnce: unknown
     * @param obstacle null: none
     */
    record RemedyPrice(
            Remedy remedy,
            @Nullable Double usdPerHour,
            @Nullable Double usdOnce,
            @Nullable Reason obstacle) {}

    /** A remedy that does nothing for this node. */
    record RemedyUnsuited(InstanceType type, Unsuited why) implements Reason {}

    /** It would be out of rotation for longer than anybody should be. */
    record RestTooLong(Duration takes, Duration limit) implements Reason {}

    /** Another one rests already: one at a time. */
    record AnotherRests(NodeId node) implements Reason {}

    /** Without it the others would carry this much of what they can, in percent. */
    record OthersTooBusy(double percent, double limit) implements Reason {}

    /** Its credit mode was changed so often in a day. */
    record FlippedTooOften(int flips, int limit) implements Reason {}

    /** In unlimited mode by our doing, and not for long enough, or not yet recovered. */
    record UnlimitedFor(Instant since, Duration least, double balance, double resumeAt, double surplus)
            implements Reason {}

    /** Its credits end soon, at the recent trend; the range is that of its spending. */
    record CreditsEnd(
            NodeId node,
            double balance,
            @Nullable Instant earliest,
            Instant expected,
            @Nullable Instant latest) implements Reason {}

    /** Nodes in unlimited mode use more than they earn. What they owe is billed when they end, or switch back. */
    record SurplusCost(int nodes, double usdPerHour, double usdOwed) implements Reason {}

    /** What was done about its credits, and about those of the nodes that it replaced, did not last. */
    record RemediesDidNotLast(NodeId node, String lineage, List<Instant> remedies) implements Reason {
        public RemediesDidNotLast {
            remedies = List.copyOf(remedies);
        }
    }

    /** At its sustained load, surplus included, another type would be cheaper. */
    record BurstableTooDear(InstanceType type, double cpuPercent, double evenPercent, InstanceType other)
            implements Reason {}

    /** It has earned enough credits again, or rested for as long as anybody may. */
    record CreditsRegained(double balance, double resumeAt) implements Reason {}

    /** EC2 says that the instance is no longer running. */
    record Ended(String state, @Nullable String stateReason) implements Reason {}

    /** EC2 no longer knows the instance. */
    record Vanished(Instant since) implements Reason {}

    /** The instance runs, and someone took the cluster's tag off it. */
    record Disowned(Instant since) implements Reason {}

    /** Its launch was given up for want of an answer, and it was seen all the same, then. */
    record Orphaned(Instant since, Duration grace) implements Reason {}

    /** Nodes with our tag appeared that this journal's supervisor did not launch; those of them that are there. */
    record AnotherSupervisor(List<NodeId> nodes, Instant since) implements Reason {}

    /** AWS announced that it takes the node away. */
    record Interrupted(String status, Instant seenAt) implements Reason {}

    /** A node of its pool was lost or announced lost after it was launched; the others may follow until then. */
    record SiblingLost(Instant at, Instant until) implements Reason {}

    /** Launched or being launched, and not in service yet. */
    record Starting(Instant launchedAt) implements Reason {}

    /** Someone other than us took the node out of its target group. */
    record HeldBySomeone(Instant since) implements Reason {}

    /** Out of rotation by our doing, so that it earns CPU credits. */
    record Resting(Instant since) implements Reason {}

    /** Never healthy since its launch, and kept out of rotation so that someone can see why. */
    record KeptForDebugging(Instant launchedAt, Instant until) implements Reason {}

    /** Terminated then, as EC2 confirmed, and running all the same. */
    record StillRunning(NodeId node, Instant terminatedAt) implements Reason {}

    /** Nodes of another zone are being taken out of rotation. */
    record OtherZoneDrains(Zone zone) implements Reason {}

    /** Out of rotation, waiting for its connections to end. */
    record Draining(Instant since, Duration limit) implements Reason {}

    /** Failing its checks because it is out of CPU credits, which is another rule's matter. */
    record OutOfCreditsInstead() implements Reason {}

    // Of a launch
    /** Fewer nodes than wanted. */
    record CapacityMissing(int counted, int desired) implements Reason {}

    /** Fewer on-demand nodes than the base. */
    record BaseMissing(int onDemand, int base) implements Reason {}

    /** So few will stay in service that the surest market is asked. */
    record FloorAtRisk(int staying, int floor) implements Reason {}

    /** Fewer in service than the floor. */
    record BelowFloor(int inService, int floor) implements Reason {}

    /** No spot pool is open, so that an on-demand node stands in. */
    record NoSpotPool(List<PoolState> pools) implements Reason {
        public NoSpotPool {
            pools = List.copyOf(pools);
        }
    }

    /** Spot nodes boot in pools where spot was refused or lost of late, so that on-demand is bought beside them. */
    record BootingInRestlessPool(List<Pool> pools, Duration lately) implements Reason {
        public BootingInRestlessPool {
            pools = List.copyOf(pools);
        }
    }

    /** Switches to spot were lost again soon, so that the next one waits. */
    record Settling(Duration dwell, Instant until) implements Reason {}

    /** A pool is better than that of one of our nodes by so much of an on-demand price, and has been for minutes. */
    record BetterPool(Pool from, Pool to, double gain) implements Reason {}

    /** EC2 recommends to leave that pool. */
    record RebalanceAdvised(NodeId node, Pool pool) implements Reason {}

    /** A spot pool and why it is not used. */
    record PoolState(Pool pool, Closure closure) {}

    /** A launch whose answer never came is asked for again, with the same token. */
    record AnswerLost(Instant since) implements Reason {}

    /** A spot pool is open again while on-demand nodes stand in. */
    record SpotReturned(Pool pool, int standIns) implements Reason {}

    // Of a removal
    /** Enough are in service without it. */
    record MoreThanWanted(int inService, int desired) implements Reason {}

    /** More exist than may, and it serves nobody. */
    record BeyondMax(int existing, int max) implements Reason {}

    /** Spot fills the cluster, and the base needs the room. */
    record RoomForBase(int onDemand, int base, int max) implements Reason {}

    /** Spot nodes serve again, so the stand-in is not needed. */
    record StandInNotNeeded(int inService, int desired) implements Reason {}

    /** Its replacement is not in service yet. */
    record NotReplaced(int serving, int desired) implements Reason {}

    /** Replaced in advance, since it was likely to be lost, and its replacements serve. */
    record SurvivorReplaced(int safe, int desired) implements Reason {}

    /** The stand-in costs what would pay for missing spot nodes, under the spending cap. */
    record TakesMoneyFromSpot(Pool pool, int missing) implements Reason {}

    /** Running, and not yet registered at the load balancer. */
    record NotRegistered() implements Reason {}

    /** It was about to go, not being needed, and is needed after all. */
    record NeededAgain(int counted, int desired) implements Reason {}

    // Of a withheld action, and of conditions
    /** The mode does not allow it. */
    record ModeForbids(String mode) implements Reason {}

    /** Something vital could not be read. */
    record NotSeen(Gap.Source source, Instant since, String text) implements Reason {}

    /** So many in service, and no fewer allowed. */
    record AtFloor(int inService, int floor) implements Reason {}

    /** So many on-demand nodes in service, and no fewer allowed. */
    record AtBase(int onDemand, int base) implements Reason {}

    /** So many exist, and no more allowed. */
    record AtMax(int existing, int max) implements Reason {}

    /** A budget is used up until then; null where it allows nothing at all. */
    record BudgetSpent(
            String budget,
            int used,
            int limit,
            Duration window,
            @Nullable Instant freeAt) implements Reason {}

    /** One voluntary replacement at a time, and this one is under way. */
    record OneAtATime(NodeId other) implements Reason {}

    /** No maintenance window for it is open; the next one opens then. */
    record OutsideWindow(Voluntary what, Instant opensAt) implements Reason {}

    /** Someone asked to hold back everything, or what a deploy may cause. */
    record OnHold(Instant since, @Nullable Instant until, String who, String why) implements Reason {}

    /** It is the instance on which we run. */
    record Ourselves(NodeId node) implements Reason {}

    /** Withheld for so long that somebody should look. */
    record HeldBack(List<Holds.Waiting> waiting) implements Reason {}

    /** With it the month would cost more than allowed; estimated where a price is unknown. */
    record OverMonth(double usdPerMonth, double cap, boolean estimated) implements Reason {}

    /**
     * Too many are sick at once for it to be the nodes' fault.
     *
     * @param unreplaced places that nobody fills yet, which count as not well
     * @param places those of the sick, of the well, and the unreplaced
     * @param zone in which all the sick are, and nobody is well; null where it is not one zone
     * @param code the balancer's reason code; null where the sick differ in it
     */
    record TooManySick(
            int sick,
            int unreplaced,
            int places,
            double limit,
            SharedFate.Likeness likeness,
            @Nullable Zone zone,
            @Nullable String code)
            implements Reason {}

    /** So many were found sick together, and one extra node shall tell whether new nodes get well. */
    record CanaryWanted(int sick, int places, int earlierTries) implements Reason {}

    /** The canary was asked for then, and has neither got well nor sick yet. */
    record CanaryUnderWay(int tries, Instant since) implements Reason {}

    /** The canary got sick as well, so nobody is given up; the next is sent then. */
    record CanarySick(int tries, Instant since, Instant retryAt) implements Reason {}

    /** A canary that got sick, and has told what it was launched to tell. */
    record CanaryDone(int tries) implements Reason {}

    /** After a shared fate so many at a time are given up, and the next when these are replaced. */
    record HealingInSteps(int atOnce) implements Reason {}

    /** Its whole zone is sick, so that it is replaced in others and left as it is. */
    record ZoneSick(Zone zone, int sick) implements Reason {}

    /** Too many are out of credits at once for it to be the nodes' fault. */
    record TooManyExhausted(int exhausted, int running) implements Reason {}

    /** An operator protected it; null: without an end. */
    record Protected(String tag, @Nullable Instant until) implements Reason {}

    /** Too young to be judged. */
    record Young(Instant launchedAt, Duration limit) implements Reason {}

    /** It would cost more than allowed; estimated where a price is unknown. */
    record OverSpending(double usdPerHour, double cap, boolean estimated) implements Reason {}

    /** So many nodes of one version of the launch template never served; an older one did, and is used. */
    record TemplateBad(String failed, String worked, int failures) implements Reason {}

    /** New nodes keep failing; the next try is then. */
    record LaunchesFail(int failures, Instant retryAt) implements Reason {}

    /** AWS refused. */
    record Refused(FailureKind kind, String message) implements Reason {}

    /** The on-demand or spot price of these pools is not known. */
    record PriceUnknown(List<Pool> pools) implements Reason {
        public PriceUnknown {
            pools = List.copyOf(pools);
        }
    }

    /** On-demand nodes stand in for spot. */
    record StandingIn(int standIns) implements Reason {}

    /** In service are fewer than wanted. */
    record ShortOf(int inService, int desired) implements Reason {}

    /** No target group sends traffic. */
    record NotRouting(int registered) implements Reason {}

    /** The load balancer routes to none of the targets of this target group. */
    record Unused(TargetGroup targetGroup, int registered) implements Reason {}

    /** The plan contradicts an invariant and was dropped. */
    record InvariantBroken(List<String> breaches) implements Reason {
        public InvariantBroken {
            breaches = List.copyOf(breaches);
        }
    }

    /** Memory could not be made durable; {@code message} is the journal's, fit for an operator. */
    record NotDurable(Instant since, String message) implements Reason {}

    /** No remedy is left for an exhausted node. */
    record NoRemedy(NodeId node, String remedy, List<RemedyPrice> compared) implements Reason {
        public NoRemedy {
            compared = List.copyOf(compared);
        }
    }

    /** What an Auto Scaling group does, or keeps us from doing. */
    record OfGroup(GroupName group, GroupMatter matter) implements Reason {}
}
