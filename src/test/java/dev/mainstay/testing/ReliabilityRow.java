package dev.mainstay.testing;

import dev.mainstay.testing.Runner.Mainstay;
import dev.mainstay.testing.Runner.Program;
import dev.mainstay.testing.Runner.Tests;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One of the things that a controller of machines must withstand, and what tries it.
 *
 * @param wrong what goes wrong, and what must hold all the same
 * @param runners none: nothing tries it yet
 */
record ReliabilityRow(String number, String wrong, List<Runner> runners) {
    private static final String PERTURBATIONS = "dev.mainstay.perturbation.Perturbations";

    static List<ReliabilityRow> all() {
        return List.of(
                row(
                        "1",
                        "A crash at each edge of each call of 14 scenarios, and `kill -9` of the real process: the same "
                                + "end, nothing launched twice, nothing forgotten",
                        perturbed("crash"),
                        Program.of("dev.mainstay.wire.KillNine", "--kills", "50", "--seed", "2")),
                row("2", "A second crash in what the first one made of it", perturbed("two-crashes")),
                row(
                        "3",
                        "Reads that are 1 to 20 passes old, once or for so long, across launches and terminations",
                        perturbed("stale-read")),
                row(
                        "4",
                        "Notices that are missed, late, doubled, or about nodes that are unknown or dead",
                        perturbed("notice"),
                        Tests.stories("notice-for-nothing", "notice-too-late")),
                row(
                        "5",
                        "New nodes that EC2 does not show, or without their tags, for up to 300 s",
                        perturbed("new-node"),
                        Tests.stories("late-listing", "late-orphan", "late-orphan-taken-in")),
                row(
                        "6",
                        "Answers that are lost, doubled or ten minutes late; calls that never arrive; tokens that EC2 "
                                + "refuses",
                        perturbed("bad-answer"),
                        Tests.of("SpentTokenTest"),
                        Tests.stories("lost-answer", "request-arrives-twice", "launch-takes-effect-late")),
                row(
                        "7",
                        "Throttling, a tenth of AWS's limits, 50 nodes lost at once",
                        Tests.of("MassLossTest"),
                        Tests.stories("throttled-hour", "throttled-now-and-then", "crowded-account")),
                row(
                        "8",
                        "Launches refused for want of capacity, price or quota, in one zone, all, or on both markets: "
                                + "on-demand is asked for within a second; twenty launches that end at once",
                        Tests.of("RefusedLaunchTest"),
                        Tests.stories(
                                "zone-without-spot",
                                "capacity-refused-in-a-row",
                                "on-demand-refused",
                                "no-room-at-all",
                                "price-refused",
                                "quota",
                                "launches-that-end")),
                row(
                        "9",
                        "Each API alone, all reads, or all calls fail in ten ways, for a minute, an hour and a day; lists "
                                + "that lack nodes: no node ends for it",
                        Tests.of("EachApiTest").with("mainstay.outages", "all"),
                        Tests.stories(
                                "minute-without-aws",
                                "day-without-aws",
                                "empty-answer",
                                "half-an-answer",
                                "nothing-listed-anywhere",
                                "half-the-nodes-missing",
                                "first-page-only",
                                "empty-target-group")),
                row(
                        "10",
                        "All nodes unhealthy at once, a load balancer that fails or does not register, flapping nodes",
                        Tests.of("SharedFateRunTest"),
                        Tests.stories(
                                "all-sick",
                                "all-sick-at-night",
                                "sick-canary",
                                "elb-internal-error",
                                "registration-in-progress",
                                "flapping-node")),
                row(
                        "11",
                        "Clocks set an hour or a day forward or back, or wrong by 15 minutes; 40 minutes frozen or asleep, "
                                + "after any call",
                        Tests.of("StoppedTimeTest").with("mainstay.moments", "all"),
                        Tests.stories(
                                "clock-back",
                                "clock-back-an-hour",
                                "clock-forward",
                                "clock-forward-a-day",
                                "freeze-before-a-launch",
                                "freeze-before-a-termination",
                                "skewed-clock",
                                "long-sleep",
                                "three-days-off")),
                row("12", "Several daemons on one cluster: not there yet, one daemon holds the state directory"),
                row(
                        "13",
                        "A journal that is torn or changed at any byte, that forgets, whose disk is full or read-only, "
                                + "that is lost or held by another",
                        Tests.of("TornJournalTest").with("mainstay.bytes", "all"),
                        Tests.of("OlderJournalRunTest", "DiskFullRunTest").with("mainstay.appends", "all"),
                        Tests.of("StateFileTest", "FullDiskTest", "SecondDaemonTest"),
                        Tests.stories("journal-lost", "journal-lost-and-another-supervisor")),
                row(
                        "14",
                        "A config that becomes any of 13 others, in a heal too, or a cluster to which anything has happened: "
                                + "it becomes what it would be from nothing; a bad config is refused and the old one kept",
                        Tests.of("TransitionsTest").with("mainstay.transitions", "all"),
                        Tests.of("FixedPointTest").with("mainstay.worlds", "20"),
                        Tests.of("ExtremesTest", "MistakesTest", "ReloadTest", "ConfigReloadTest")),
                row(
                        "15",
                        "Prices that cross on-demand every half minute to every hour, a market that takes back each node within "
                                + "a minute: returns within their budget, never dearer than on-demand alone and 2 %",
                        Tests.of("FlappingMarketTest"),
                        Tests.of("MarketTest", "SwitchBoundTest"),
                        Tests.stories("wavering-price", "return-lost-again", "returns-a-day")),
                row(
                        "16",
                        "No launch credits, metrics that are missing, old or no numbers, nodes that are dry together, the "
                                + "wrong type",
                        Tests.of("CreditRemediesTest", "RestTest"),
                        Tests.stories(
                                "launch-credits-used-up",
                                "metrics-missing",
                                "metrics-with-gaps",
                                "metrics-not-a-number",
                                "metrics-stand-still",
                                "blind-metrics",
                                "crawler-unseen",
                                "all-exhausted",
                                "overload-spreads",
                                "lineage")),
                row(
                        "17",
                        "A notice at any call to any spot node (serving, booting, draining, the replacement itself), to six "
                                + "at once: in service again in boot time less two minutes, and two passes",
                        perturbed("interruption"),
                        Tests.stories(
                                "six-notices",
                                "notice-while-coming",
                                "notice-to-the-replacement",
                                "notice-while-returning",
                                "drained-and-taken",
                                "doomed-drains")),
                row(
                        "18",
                        "At any call someone terminates, stops, deregisters or untags a node or adds one; another supervisor",
                        perturbed("other-hands"),
                        Tests.of("StrangersTest", "OrphansTest"),
                        Tests.stories(
                                "someone-terminates",
                                "someone-stops",
                                "someone-stops-a-protected-node",
                                "someone-deregisters",
                                "tag-lost",
                                "tag-lost-replaced",
                                "tag-returned",
                                "foreign-node",
                                "foreign-node-counted",
                                "another-supervisor",
                                "another-supervisor-stopped",
                                "another-supervisors-node-given")),
                row(
                        "19",
                        "Everything at random for days, then nothing any more: no invariant is broken, all heals, silence",
                        Mainstay.of("simulate", "--seeds", "1000", "--days", "3", "--nodes", "6", "--output", "json"),
                        Mainstay.of("simulate", "--seeds", "50", "--days", "30", "--nodes", "6", "--output", "json")),
                row("20", "Recorded prices and availability: not there yet"),
                row(
                        "21",
                        "One rule or guard is taken away, or one mistake is made: some test notices",
                        Program.of("dev.mainstay.testing.Safeguards")));
    }

    private static ReliabilityRow row(String number, String wrong, Runner... runners) {
        return new ReliabilityRow(number, wrong, List.of(runners));
    }

    private static Runner perturbed(String kind) {
        return Program.of(PERTURBATIONS, "--kind", kind);
    }

    /** As it stands in the table. */
    String line(String points, String result) {
        return "| %s | %s | %s | %s | %s |"
                .formatted(
                        number,
                        wrong,
                        points,
                        result,
                        runners.stream().map(each -> "`" + each.command() + "`").collect(Collectors.joining("<br>")));
    }
}
