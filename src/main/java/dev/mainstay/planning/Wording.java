package dev.mainstay.planning;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Turns reasons, actions and conditions into sentences; the only place that does. Times are UTC. */
public final class Wording {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private Wording() {}

    /** What is done, to whom, and why: {@code terminate i-0abc: …}. */
    public static String of(Action action) {
        return "%s: %s".formatted(deed(action), of(action.reason()));
    }

    /** What is done, and to whom. */
    public static String deed(Action action) {
        return switch (action) {
            case Action.Launch launch ->
                "%s %d %s %s%s"
                        .formatted(
                                launch.resend() == null ? "launch" : "ask again for",
                                launch.count(),
                                launch.market().label(),
                                launch.choice() == null
                                        ? launch.pool()
                                        : "in one of %d pools"
                                                .formatted(launch.choice().size()),
                                launch.role() == Role.SPOT
                                        ? ""
                                        : " as " + launch.role().label());
            case Action.Register register -> "register " + register.node();
            case Action.Deregister deregister -> "deregister " + deregister.node();
            case Action.Terminate terminate -> "terminate " + terminate.node();
            case Action.EnterStandby standby -> "put %s on standby".formatted(standby.node());
            case Action.ExitStandby standby -> "take %s back from standby".formatted(standby.node());
            case Action.SetGroupSize size -> "set the size of group %s to %d".formatted(size.group(), size.size());
            case Action.CompleteHook hook ->
                (hook.prolongs() ? "hold %s in hook %s" : "let %s go on from hook %s")
                        .formatted(hook.node(), hook.hook());
            case Action.SetCreditMode change ->
                "switch %s to %s mode".formatted(change.node(), change.mode().label());
        };
    }

    /** What was not done, and which guard held it. */
    public static String of(Withheld withheld) {
        return "%s (%s), held by %s: %s"
                .formatted(
                        deed(withheld.action()),
                        of(withheld.action().reason()),
                        withheld.guard().label(),
                        of(withheld.reason()));
    }

    public static String of(Condition condition) {
        return of(condition.reason());
    }

    public static String of(Outcome.Result result) {
        return switch (result) {
            case Outcome.Result.Done done when done.launched().isEmpty() -> "done";
            case Outcome.Result.Done done ->
                done.launched().stream().map(instance -> instance.id().value()).collect(Collectors.joining(", "));
            case Outcome.Result.Failed failed ->
                "%s: %s".formatted(failed.kind().label(), failed.message());
            case Outcome.Result.Dropped dropped -> "not sent: " + dropped.why();
        };
    }

    public static String of(Reason reason) {
        return switch (reason) {
            case Reason.UnhealthyFor(var since, var limit, var _, var code) ->
                "sick since %s (%s), given up after %s".formatted(clock(since), code, span(limit));
            case Reason.StatusChecksFailed(var since, var limit) ->
                "EC2 status checks fail since %s, given up after %s".formatted(clock(since), span(limit));
            case Reason.Flapping(int turns, var since, var window) ->
                "turned from healthy to sick %d times in %s, first at %s".formatted(turns, span(window), clock(since));
            case Reason.NeverHealthy(var launched, var deadline) ->
                "never healthy since its launch at %s, given up after %s".formatted(clock(launched), span(deadline));
            case Reason.CreditsExhausted(var since, double balance, double cpu, double baseline) ->
                "out of CPU credits since %s: %s left, CPU held at %s %% (baseline %s %%)"
                        .formatted(clock(since), number(balance), number(cpu), number(baseline));
            case Reason.OutOfCreditsInstead() -> "its checks fail because it is out of CPU credits";
            case Reason.EventAhead(var kind, var notBefore) ->
                notBefore == null
                        ? "AWS announces %s".formatted(kind.label())
                        : "AWS announces %s, not before %s".formatted(kind.label(), dated(notBefore));
            case Reason.Ended(var state, var why) ->
                why == null ? "EC2 says %s".formatted(state) : "EC2 says %s (%s)".formatted(state, why);
            case Reason.Vanished(var since) -> "EC2 does not know it any more since %s".formatted(clock(since));
            case Reason.Disowned(var since) ->
                "someone took the cluster's tag off it at %s, so it is no longer ours".formatted(clock(since));
            case Reason.Orphaned(var since, var grace) ->
                "its launch was given up for want of an answer, and it was seen at %s; ended after %s unless it is needed"
                        .formatted(clock(since), span(grace));
            case Reason.AnotherSupervisor(var nodes, var since) ->
                "someone else launched nodes with this cluster's tag, first seen at %s%s"
                        .formatted(
                                dated(since),
                                nodes.isEmpty()
                                        ? ", and gone since"
                                        : ": "
                                                + nodes.stream()
                                                        .map(NodeId::value)
                                                        .collect(Collectors.joining(", ")));
            case Reason.Interrupted(var status, var seenAt) ->
                "AWS takes it away (%s, seen at %s)".formatted(status, clock(seenAt));
            case Reason.SiblingLost(var at, var until) ->
                "a node of its pool was lost at %s; this one may follow until %s".formatted(clock(at), clock(until));
            case Reason.BootingInRestlessPool(var pools, var lately) ->
                "spot boots in %s, where it was refused or lost in the last %s"
                        .formatted(
                                pools.stream().map(Object::toString).collect(Collectors.joining(", ")), span(lately));
            case Reason.Settling(var dwell, var until) ->
                "switches to spot were lost again soon: none before %s (%s after the last loss)"
                        .formatted(clock(until), span(dwell));
            case Reason.BetterPool(var from, var to, double gain) ->
                "%s is better than %s by %s %% of an on-demand price".formatted(to, from, number(100 * gain));
            case Reason.RebalanceAdvised(var node, var pool) ->
                "EC2 recommends to leave %s, where %s runs".formatted(pool, node);
            case Reason.TakesMoneyFromSpot(var pool, int missing) ->
                "%d missing, and spot in %s does not fit under the spending cap beside it".formatted(missing, pool);
            case Reason.SurvivorReplaced(int safe, int desired) ->
                "survived in a pool that lost nodes, and is replaced: %d safe ones serve, %d wanted"
                        .formatted(safe, desired);
            case Reason.Starting(var launched) -> "launched at %s, not in service yet".formatted(clock(launched));
            case Reason.HeldBySomeone(var since) ->
                "taken out of rotation at %s, not by Mainstay".formatted(clock(since));
            case Reason.Resting(var since) -> "resting since %s, to earn CPU credits".formatted(clock(since));
            case Reason.KeptForDebugging(var launched, var until) ->
                "never healthy since its launch at %s, kept for debugging until %s"
                        .formatted(clock(launched), dated(until));
            case Reason.StillRunning(var node, var since) ->
                "%s was terminated at %s and still runs".formatted(node, clock(since));
            case Reason.OtherZoneDrains(var zone) -> "nodes in %s are just being drained".formatted(zone);
            case Reason.Draining(var since, var limit) ->
                "out of rotation since %s, connections may end until %s"
                        .formatted(clock(since), clock(since.plus(limit)));
            case Reason.CapacityMissing(int counted, int desired) ->
                "%d wanted, %d there or coming".formatted(desired, counted);
            case Reason.BaseMissing(int onDemand, int base) ->
                "base of %d on-demand, %d there".formatted(base, onDemand);
            case Reason.BelowFloor(int inService, int floor) ->
                "%d in service, under the floor of %d".formatted(inService, floor);
            case Reason.FloorAtRisk(int staying, int floor) ->
                "only %d would stay in service, the floor is %d".formatted(staying, floor);
            case Reason.NoSpotPool(var pools) -> noSpot(pools);
            case Reason.AnswerLost(var since) -> "no answer to the call of %s".formatted(clock(since));
            case Reason.SpotReturned(var pool, int standIns) ->
                "trying spot (%s) while %s".formatted(pool, standIn(standIns));
            case Reason.MoreThanWanted(int inService, int desired) ->
                "%d in service, %d wanted".formatted(inService, desired);
            case Reason.BeyondMax(int existing, int max) ->
                "serves nobody, and %d exist where no more than %d may".formatted(existing, max);
            case Reason.RoomForBase(int onDemand, int base, int max) ->
                "makes room for the base: %d of %d on-demand, and no more than %d may exist"
                        .formatted(onDemand, base, max);
            case Reason.StandInNotNeeded(int inService, int desired) ->
                "stand-in no longer needed: %d in service, %d wanted".formatted(inService, desired);
            case Reason.NotReplaced(int serving, int desired) ->
                "not replaced yet: %d of %d hold their places without it".formatted(serving, desired);
            case Reason.NotSeenHealthy(var since, var deadline) ->
                "not healthy since it was first seen at %s, given up after %s".formatted(clock(since), span(deadline));
            case Reason.NeededAgain(int counted, int desired) ->
                "needed again: %d wanted, %d there or coming".formatted(desired, counted);
            case Reason.OfGroup(var group, var matter) -> "group %s: %s".formatted(group, matter.text());
            case Reason.NotRegistered() -> "running, not yet in rotation";
            case Reason.ModeForbids(var mode) -> "the mode is %s".formatted(mode);
            case Reason.NotSeen(var source, var since, var text) ->
                "%s not read since %s: %s".formatted(source.label(), clock(since), text);
            case Reason.AtFloor(int inService, int floor) ->
                "%d in service, the floor is %d".formatted(inService, floor);
            case Reason.AtBase(int onDemand, int base) ->
                "%d on-demand in service, the base is %d".formatted(onDemand, base);
            case Reason.AtMax(int existing, int max) -> "%d exist, %d may".formatted(existing, max);
            case Reason.BudgetSpent(var budget, int used, int limit, var window, var freeAt) ->
                "%d of %d uses of the %s budget in %s%s"
                        .formatted(
                                used,
                                limit,
                                budget,
                                span(window),
                                freeAt == null ? "" : ", free again at " + clock(freeAt));
            case Reason.OneAtATime(var other) -> "%s is being replaced, and one at a time is".formatted(other);
            case Reason.OutsideWindow(var what, var opensAt) ->
                "no maintenance window for a %s is open before %s".formatted(what.label(), dated(opensAt));
            case Reason.OnHold(var since, var until, var who, var why) ->
                "held since %s%s by %s: %s"
                        .formatted(dated(since), until == null ? "" : " until " + dated(until), who, why);
            case Reason.Ourselves(var node) -> "Mainstay itself runs on %s".formatted(node);
            case Reason.HeldBack(var waiting) ->
                waiting.stream().map(Wording::of).collect(Collectors.joining("; "));
            case Reason.OverMonth(double usd, double cap, boolean estimated) ->
                "the month would cost %s%s USD, the cap is %s".formatted(estimated ? "about " : "", usd(usd), usd(cap));
            case Reason.TooManySick tooMany -> tooManySick(tooMany);
            case Reason.CanaryWanted(int sick, int places, int earlier) ->
                "canary%s: %d of %d are sick together; one extra node shall tell whether new ones get well"
                        .formatted(earlier == 0 ? "" : " " + (earlier + 1), sick, places);
            case Reason.CanaryUnderWay(int tries, var since) ->
                "canary %d of %s has yet to get well or sick".formatted(tries, clock(since));
            case Reason.CanarySick(int tries, var since, var retryAt) ->
                "canary %d is sick too since %s: what they share is at fault; next canary at %s"
                        .formatted(tries, clock(since), clock(retryAt));
            case Reason.CanaryDone(int tries) -> "canary %d got sick, and is not needed any more".formatted(tries);
            case Reason.HealingInSteps(int atOnce) ->
                "after a shared fate %d at a time, and the next when they are replaced".formatted(atOnce);
            case Reason.ZoneSick(var zone, int sick) ->
                "all %d in %s are sick and nobody elsewhere: replaced in other zones, left as they are"
                        .formatted(sick, zone);
            case Reason.TooManyExhausted(int exhausted, int running) ->
                "%d of %d serving nodes are out of CPU credits: the load is too high for them"
                        .formatted(exhausted, running);
            case Reason.Protected(var tag, var until) ->
                "protected by the tag %s%s".formatted(tag, until == null ? "" : " until " + dated(until));
            case Reason.Young(var launched, var limit) ->
                "launched at %s, not judged for %s".formatted(clock(launched), span(limit));
            case Reason.OverSpending(double usd, double cap, boolean estimated) ->
                "would cost %s%s USD an hour, the cap is %s".formatted(estimated ? "about " : "", usd(usd), usd(cap));
            case Reason.TemplateBad(var failed, var worked, int failures) ->
                "%d nodes of version %s of the launch template never served, so version %s is used"
                        .formatted(failures, failed, worked);
            case Reason.LaunchesFail(int failures, var retryAt) ->
                "%d launches in a row failed, next at %s".formatted(failures, clock(retryAt));
            case Reason.Refused(var kind, var message) -> "AWS refused (%s): %s".formatted(kind.label(), message);
            case Reason.PriceUnknown(var pools) ->
                "price unknown of %s"
                        .formatted(pools.stream().map(Object::toString).collect(Collectors.joining(", ")));
            case Reason.StandingIn(int standIns) -> standIn(standIns);
            case Reason.ShortOf(int inService, int desired) -> "%d of %d in service".formatted(inService, desired);
            case Reason.NotRouting(int registered) -> "%d registered, none of them healthy".formatted(registered);
            case Reason.Unused(var group, int registered) ->
                "the load balancer routes to none of the %d targets of %s (unused)".formatted(registered, group);
            case Reason.InvariantBroken(var breaches) -> "the plan was dropped: " + String.join("; ", breaches);
            case Reason.NotDurable(var since, var message) ->
                "nothing is done since %s, because it could not be remembered: %s".formatted(clock(since), message);
            case Reason.NoRemedy(var node, var remedy, var compared) ->
                compared.isEmpty()
                        ? "%s is out of CPU credits, and %s does not help its type".formatted(node, remedy)
                        : "%s is out of CPU credits, and nothing helps: %s".formatted(node, of(compared));
            case Reason.CreditsRunningLow(double balance, var exhaustsAt, var takes) ->
                "CPU credits end at about %s (%s left), before a replacement could serve (%s)"
                        .formatted(clock(exhaustsAt), number(balance), span(takes));
            case Reason.CpuPlateau(var since, double cpu) ->
                "throttled since %s: CPU held at %s %%, and its checks fail".formatted(clock(since), number(cpu));
            case Reason.Remedied(var remedy, var trouble, var compared) ->
                "%s; %s%s"
                        .formatted(
                                of(trouble),
                                remedy.label(),
                                compared.size() > 1 ? " (%s)".formatted(of(compared)) : "");
            case Reason.RemedyUnsuited(var type, var why) -> unsuited(type, why);
            case Reason.RestTooLong(var takes, var limit) ->
                "a rest would take %s, more than %s".formatted(roundedSpan(takes), span(limit));
            case Reason.AnotherRests(var node) -> "%s rests already".formatted(node);
            case Reason.OthersTooBusy(double percent, double limit) ->
                "the others would be at %s %% CPU, more than %s %%".formatted(number(percent), number(limit));
            case Reason.FlippedTooOften(int flips, int limit) ->
                "its credit mode was changed %d times in a day, %d are allowed".formatted(flips, limit);
            case Reason.UnlimitedFor(var since, var least, double balance, double resumeAt, double surplus) ->
                "unlimited since %s, for %s at least; %s of %s credits, and %s owed"
                        .formatted(clock(since), span(least), number(balance), number(resumeAt), number(surplus));
            case Reason.CreditsEnd(var node, double balance, var earliest, var expected, var latest) ->
                "the CPU credits of %s end at about %s, between %s and %s; %s left"
                        .formatted(
                                node,
                                clock(expected),
                                earliest == null ? "tomorrow" : clock(earliest),
                                latest == null ? "never" : clock(latest),
                                number(balance));
            case Reason.SurplusCost(int nodes, double usdPerHour, double usdOwed) ->
                "%d in unlimited mode use surplus credits: %s USD an hour, %s USD owed"
                        .formatted(nodes, usd(usdPerHour), usd(usdOwed));
            case Reason.RemediesDidNotLast(var node, var lineage, var remedies) ->
                "%s (lineage %s) is short of CPU credits again, after remedies at %s: the type does not suit the load"
                        .formatted(
                                node,
                                lineage,
                                remedies.stream().map(Wording::clock).collect(Collectors.joining(" and ")));
            case Reason.BurstableTooDear(var type, double cpu, double even, var other) ->
                "%s at %s %% CPU: from %s %% on, %s is cheaper".formatted(type, number(cpu), number(even), other);
            case Reason.CreditsRegained(double balance, double resumeAt) ->
                "%s CPU credits again, %s wanted".formatted(number(balance), number(resumeAt));
        };
    }

    private static String tooManySick(Reason.TooManySick tooMany) {
        String looks = switch (tooMany.likeness()) {
            case NODES -> "without a pattern";
            case ZONE -> "all of them in %s".formatted(tooMany.zone());
            case APPLICATION ->
                "all with %s: it looks like the application, a deploy or the check".formatted(tooMany.code());
            case DEPENDENCY -> "it looks like something that they all wait for";
        };
        String unreplaced = tooMany.unreplaced() == 0 ? "" : " and %d not replaced yet".formatted(tooMany.unreplaced());
        return "%d of %d nodes are sick%s, more than %s %%: probably not their fault (%s)"
                .formatted(tooMany.sick(), tooMany.places(), unreplaced, number(100 * tooMany.limit()), looks);
    }

    private static String standIn(int standIns) {
        return standIns == 1 ? "1 on-demand node stands in" : "%d on-demand nodes stand in".formatted(standIns);
    }

    private static String noSpot(List<Reason.PoolState> pools) {
        return pools.isEmpty()
                ? "no spot was to be had, and it is tried again"
                : "no spot to be had: "
                        + pools.stream()
                                .map(state -> "%s %s".formatted(state.pool(), of(state.closure())))
                                .collect(Collectors.joining(", "));
    }

    /** What each remedy would cost, or why it is not to be had. */
    private static String of(List<Reason.RemedyPrice> compared) {
        return compared.stream().map(Wording::of).collect(Collectors.joining("; "));
    }

    private static String of(Reason.RemedyPrice price) {
        if (price.obstacle() != null) {
            return "%s: %s".formatted(price.remedy().label(), of(price.obstacle()));
        }
        if (price.usdPerHour() == null || price.usdOnce() == null) {
            return price.remedy().label() + ": price unknown";
        }
        return "%s: %s USD an hour and %s once"
                .formatted(price.remedy().label(), usd(price.usdPerHour()), usd(price.usdOnce()));
    }

    private static String unsuited(InstanceType type, Unsuited why) {
        return switch (why) {
            case STARTS_WITH_NONE -> "a fresh %s starts without credits too".formatted(type);
            case NO_UNLIMITED_MODE -> "%s has no unlimited mode".formatted(type);
            case NO_KNOWN_EARNINGS -> "AWS does not say what %s earns".formatted(type);
            case NO_FALLBACK_TYPE -> "no fallback-type is given";
            case IS_FALLBACK_TYPE -> "it is a %s already".formatted(type);
            case NOT_IN_ROTATION -> "it is not in rotation";
            case LOAD_UNKNOWN -> "how busy the others are is not known";
        };
    }

    private static String of(Closure closure) {
        String cause = switch (closure.cause()) {
            case REFUSED -> "refused";
            case LOST -> "lost nodes";
            case EXPENSIVE -> "is too dear";
            case SICK_ZONE -> "is in a zone where everyone is sick";
        };
        return closure.until() == null ? cause : "%s (until %s)".formatted(cause, clock(closure.until()));
    }

    private static String of(Holds.Waiting waiting) {
        return "%s%s held by %s since %s"
                .formatted(
                        waiting.kind().label(),
                        waiting.node() == null ? "" : " " + waiting.node(),
                        waiting.guard().label(),
                        dated(waiting.since()));
    }

    static String clock(Instant instant) {
        return CLOCK.format(instant);
    }

    /** For what may be days away. */
    private static String dated(Instant instant) {
        return DATED.format(instant);
    }

    private static String span(Duration duration) {
        if (duration.toSeconds() % 3600 == 0 && !duration.isZero()) {
            return duration.toHours() + "h";
        }
        return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
    }

    private static String roundedSpan(Duration duration) {
        return span(duration.plusSeconds(30).truncatedTo(ChronoUnit.MINUTES));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
    }

    private static String usd(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
