package dev.mainstay.planning.rule;

import java.util.List;

/** Every rule, in the order in which they speak. */
public final class Rules {
    public static final List<Rule> ALL = List.of(
            // First of all what may exist already: a launch without an answer counts, before anything is said to be
            // missing.
            new ResendLostLaunches(),
            // Then who goes, since a condemned node no longer counts. Credits before health: a node that is both out of
            // credits and failing its checks has a credit problem, and the health rule leaves it alone.
            new RemedyExhaustedCredits(),
            // Those whom an earlier remedy has helped.
            new ReturnRestedNodes(),
            new ReturnToStandard(),
            new GiveUpSickNodes(),
            new GiveUpRetiringNodes(),
            new GiveUpFailedLaunches(),
            // Whom nobody misses. Each was taken in by now where it was needed.
            new LetOrphansGo(),
            // What a zone that is sick as a whole no longer gives is missing, too.
            new SetSickZoneAside(),
            // A promoted node's successor is of a type of its own, and is no longer missing then.
            new LaunchPromoted(),
            // Whoever is there need not be launched.
            new PutBackStandIns(),
            // Then what is missing. The base before the rest: it is the last stand, and takes room under max first.
            new KeepBase(),
            new FillCapacity(),
            // Where Auto Scaling groups launch, the two before want nothing, and this says how much.
            new SizeGroups(),
            // After the filling, since it insures what that one asks for.
            new InsureBootingSpot(),
            // Beyond what is missing, where too many are sick for anyone to be given up, one node that tells more.
            new SendCanary(),
            // More than is wanted, if the load asks for it.
            new LaunchForOverload(),
            // Only a whole cluster returns to spot.
            new ReturnToSpot(),
            new MoveToBetterPool(),
            new AnswerRebalance(),
            // Creating before destroying: a node that joins now may be what lets another go in the next pass.
            new RegisterNewNodes(),
            // Those whom a group takes away are nobody's to take.
            new CompleteHooks(),
            // Drained nodes before others are drained, so that few are under way at once.
            new TerminateDrainedNodes(),
            new TerminateAgain(),
            new BuryStoppedNodes(),
            new DrainCondemnedNodes(),
            new DrainDoomedNodes(),
            // Those who serve nobody before those who serve.
            new ReleaseBeyondMax(),
            // Before the surplus, since it is about the same nodes, and there is none while it is needed.
            new MakeRoomForBase(),
            new ReleaseSurplus(),
            new CallOffStandIns(),
            new MakeWayForSpot(),
            new ReleaseAtRisk(),
            // Last, what there is to say of it all.
            new ReportCapacity(),
            new ReportMarket(),
            new ReportCredits(),
            new ReportGroups(),
            new ReportTrouble(),
            // Holds after everything that may have been held.
            new ReportHolds());

    private Rules() {}
}
