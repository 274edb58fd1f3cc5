package dev.mainstay.planning;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What would change the answer: for a reason why something is done, or not done, what would have to be otherwise. */
public final class WayOut {
    private WayOut() {}

    /** In words; empty for a reason that tells of something that is over or that only time changes. */
    public static Optional<String> of(Reason reason) {
        return Optional.ofNullable(words(reason));
    }

    private static @Nullable String words(Reason reason) {
        return switch (reason) {
            case Reason.UnhealthyFor _ -> "it is healthy at every target group for health.healthy-for";
            case Reason.StatusChecksFailed _ -> "its EC2 status checks pass";
            case Reason.Flapping _ -> "it stays healthy for an hour";
            case Reason.NeverHealthy _, Reason.NotSeenHealthy _, Reason.Starting _, Reason.NotRegistered _ ->
                "it becomes healthy at every target group";
            case Reason.CreditsExhausted _,
                    Reason.CreditsRunningLow _,
                    Reason.CreditsEnd _,
                    Reason.CpuPlateau _,
                    Reason.TooManyExhausted _ -> "the load falls below the baseline, so that credits are earned again";
            case Reason.Remedied remedied -> words(remedied.trouble());
            case Reason.OutOfCreditsInstead _, Reason.Resting _ -> "it has earned credits.resume-at credits";
            case Reason.NoRemedy _, Reason.RemediesDidNotLast _, Reason.BurstableTooDear _, Reason.RemedyUnsuited _ ->
                "another instance type, or another credits.remedy";
            case Reason.RestTooLong _ -> "a lower credits.resume-at, or another credits.remedy";
            case Reason.OthersTooBusy _ -> "the load of the others falls";
            case Reason.FlippedTooOften _ -> "a day passes since the first of those changes";
            case Reason.UnlimitedFor _, Reason.SurplusCost _ ->
                "the surplus is paid back and credits.resume-at is earned";
            case Reason.EventAhead _ -> "AWS takes the event back";
            case Reason.HeldBySomeone _ ->
                "it is registered again, by whoever took it out or by Mainstay after a while";
            case Reason.SiblingLost _, Reason.BootingInRestlessPool _ -> "its pool stays calm";
            case Reason.NoSpotPool _, Reason.StandingIn _ -> "spot is to be had again";
            case Reason.Settling _ -> "spot is not lost again for so long";
            case Reason.BeyondMax _ -> "it gets well, or a higher capacity.max";
            case Reason.MoreThanWanted _, Reason.StandInNotNeeded _, Reason.SurvivorReplaced _ ->
                "fewer in service, or a higher capacity.desired";
            case Reason.NotReplaced _,
                    Reason.CapacityMissing _,
                    Reason.NeededAgain _,
                    Reason.ShortOf _,
                    Reason.FloorAtRisk _,
                    Reason.BelowFloor _,
                    Reason.AtFloor _ -> "more nodes in service";
            case Reason.RoomForBase _ -> "a higher capacity.max, or a lower on-demand-base";
            case Reason.BaseMissing _, Reason.AtBase _ -> "more on-demand nodes in service, or a lower on-demand-base";
            case Reason.AtMax _ -> "a node less, or a higher capacity.max";
            case Reason.ModeForbids _ -> "the mode act";
            case Reason.NotSeen _ -> "AWS answers again";
            case Reason.BudgetSpent _ -> "the oldest use leaves its window, or a larger budget";
            case Reason.OneAtATime(var other) -> "%s is replaced".formatted(other);
            case Reason.OutsideWindow _ -> "the window opens, or guards.windows without this reason";
            case Reason.AnotherSupervisor _ ->
                "the other supervisor is stopped, and the tag mainstay:intent taken off its nodes";
            case Reason.Orphaned _ -> "fewer nodes are there or coming than capacity.desired";
            case Reason.OnHold _ -> "whoever holds it lets go";
            case Reason.HeldBack _ -> "what the guards wait for";
            case Reason.OverMonth _, Reason.OverSpending _ -> "cheaper nodes, or a higher cap in guards";
            case Reason.TooManySick _, Reason.CanaryWanted _, Reason.CanaryUnderWay _, Reason.HealingInSteps _ ->
                "fewer are sick, or a canary is well";
            case Reason.CanarySick _ -> "what the nodes share is mended, or the next canary is well";
            case Reason.OtherZoneDrains _ -> "the drain in the other zone ends";
            case Reason.TakesMoneyFromSpot _ -> "a higher cap in guards";
            case Reason.ZoneSick _ -> "its nodes become healthy";
            case Reason.TemplateBad _ -> "the config names another version, or a day passes";
            case Reason.Protected by -> "the tag %s is removed".formatted(by.tag());
            case Reason.LaunchesFail _ -> "a new node becomes healthy";
            case Reason.Refused _ -> "AWS allows it";
            case Reason.PriceUnknown _ -> "its price can be read, or stands under on-demand-prices";
            case Reason.OfGroup of ->
                switch (of.matter()) {
                    case GroupMatter.Acts _ -> "the group has done what it is doing";
                    case GroupMatter.Suspended _ -> "its processes are resumed";
                    case GroupMatter.Rivals _ -> "the others leave it to Mainstay";
                    case GroupMatter.Limits _ -> "wider limits of the group";
                    case GroupMatter.Ends _, GroupMatter.Holds _, GroupMatter.Sized _ -> null;
                };
            case Reason.NotRouting _, Reason.Unused _ -> "the load balancer sends traffic again";
            case Reason.Young _, // only time
                    Reason.Draining _,
                    Reason.AnswerLost _,
                    Reason.AnotherRests _,
                    Reason.KeptForDebugging _,
                    Reason.StillRunning _,
                    Reason.CreditsRegained _, // what is good
                    Reason.SpotReturned _,
                    Reason.BetterPool _,
                    Reason.RebalanceAdvised _,
                    Reason.CanaryDone _,
                    Reason.Ended _, // what is over
                    Reason.Vanished _,
                    Reason.Disowned _,
                    Reason.Interrupted _,
                    Reason.Ourselves _, // what stays so
                    Reason.NotDurable _,
                    Reason.InvariantBroken _ -> null;
        };
    }
}
