package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Phase;
import dev.mainstay.simulation.CallFailure;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.testing.FaultPoints;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.Specs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Each AWS operation that Mainstay uses, failing alone in each way, and all of them together; for a minute, an hour and a day.
 *
 * <p>In the suite every seventh of them for an hour; {@code -Dmainstay.outages=all}: all of them, for all three.
 */
class EachApiTest {
    private static final boolean ALL =
            System.getProperty("mainstay.outages", "").equals("all");
    private static final int SHARE = 7;
    private static final List<Duration> LENGTHS = ALL
            ? List.of(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(1))
            : List.of(Duration.ofHours(1));
    private static final List<String> OPERATIONS = List.of(
            "*",
            "Describe*",
            "DescribeInstances",
            "DescribeTargetHealth",
            "DescribeInstanceStatus",
            "DescribeSpotInstanceRequests",
            "DescribeSpotPriceHistory",
            "DescribeInstanceCreditSpecifications",
            "DescribeTargetGroupAttributes",
            "DescribeLaunchTemplateVersions",
            "GetMetricData",
            "RunInstances",
            "TerminateInstances",
            "RegisterTargets",
            "DeregisterTargets");
    private static final Map<String, CallFailure> FAILURES = new TreeMap<>(Map.of(
            "throttled", CallFailure.THROTTLED,
            "denied", CallFailure.DENIED,
            "internal error", new CallFailure.Answer("InternalError", 500),
            "unreachable", new CallFailure.Unreachable(),
            "answer lost", new CallFailure.AnswerLost(),
            "answer 3 s late", new CallFailure.AnswerLate(Duration.ofSeconds(3)),
            "arrives twice", new CallFailure.ArrivedTwice(),
            "empty answer", new CallFailure.EmptyAnswer(),
            "half an answer", new CallFailure.HalfAnswer(),
            "first page only", new CallFailure.FirstPageOnly()));
    private static final Duration SETTLED = Duration.ofMinutes(20);

    private record Outage(String operations, String how, CallFailure failure, Duration length) {
        Fault from(Duration now) {
            return new Fault.FailCalls(operations, failure, now, now.plus(length));
        }

        /** A list that lacks nodes is doubted for an hour; after that it is believed, and what it lacks is replaced. */
        boolean believed() {
            boolean lacking = failure instanceof CallFailure.EmptyAnswer || failure instanceof CallFailure.HalfAnswer;
            return lacking && length.compareTo(Duration.ofHours(1)) > 0;
        }
    }

    /** A cluster that is well is left alone, whatever AWS says of it. */
    @Test
    void noApiThatFailsAloneCostsANode() {
        List<String> wrong = outages().parallelStream()
                .flatMap(outage -> quiet(outage).stream())
                .toList();
        assertThat(wrong).isEmpty();
    }

    /** One node hangs and one is lost as it begins: both are replaced in the end, and nobody else goes before that. */
    @Test
    void whatHappensMeanwhileIsMendedAndNothingElseIs() {
        List<String> wrong = outages().parallelStream()
                .flatMap(outage -> eventful(outage).stream())
                .toList();
        assertThat(wrong).isEmpty();
    }

    private static List<Outage> outages() {
        List<Outage> outages = new ArrayList<>();
        for (Duration length : LENGTHS) {
            for (String operations : OPERATIONS) {
                FAILURES.forEach((how, failure) -> outages.add(new Outage(operations, how, failure, length)));
            }
        }
        List<Outage> played = IntStream.range(0, outages.size())
                .filter(i -> ALL || i % SHARE == 0)
                .mapToObj(outages::get)
                .toList();
        new FaultPoints(played.size(), outages.size(), "outages").print();
        return played;
    }

    private static List<String> quiet(Outage outage) {
        try (Rehearsal rehearsal = cluster()) {
            rehearsal.run(SETTLED);
            List<NodeId> before = rehearsal.serving();
            int writes = tried(rehearsal);
            rehearsal.inject(outage.from(rehearsal.time().elapsed()));
            rehearsal.run(outage.length()).run(Duration.ofHours(2));
            List<String> wrong = new ArrayList<>();
            boolean left = rehearsal.serving().equals(before) && tried(rehearsal) == writes;
            if (rehearsal.serving().size() != 4 || rehearsal.alive().size() != 4 || !left && !outage.believed()) {
                wrong.add("%s: %d of %d serve, %d writes"
                        .formatted(
                                outage,
                                rehearsal.serving().size(),
                                rehearsal.alive().size(),
                                tried(rehearsal) - writes));
            }
            return wrong;
        }
    }

    private static List<String> eventful(Outage outage) {
        try (Rehearsal rehearsal = cluster()) {
            rehearsal.run(SETTLED);
            List<NodeId> before = rehearsal.serving();
            NodeId hung = before.get(1);
            NodeId lost = before.get(2);
            rehearsal.inject(outage.from(rehearsal.time().elapsed()));
            rehearsal.inject(new Fault.Hang(hung)).inject(new Fault.TerminateBehindBack(lost));
            int least = 4;
            int most = 0;
            Duration end = rehearsal.time().elapsed().plus(outage.length()).plus(Duration.ofHours(2));
            while (rehearsal.time().elapsed().compareTo(end) < 0) {
                rehearsal.run(Duration.ofSeconds(30));
                int serving = rehearsal.serving().size();
                least = Math.min(least, serving);
                most = Math.max(most, rehearsal.alive().size());
            }
            List<String> wrong = new ArrayList<>();
            boolean healed = rehearsal.serving().size() == 4
                    && rehearsal.alive().size() - kept(rehearsal) == 4
                    && !rehearsal.serving().contains(hung);
            // One more than the maximum: the canary.
            boolean bounded =
                    most <= (outage.believed() ? 9 : 8) && rehearsal.launched() <= (outage.believed() ? 15 : 10);
            if (!healed || least < 2 || !bounded) {
                wrong.add("%s: %d of %d serve, %d launched, at least %d served, at most %d existed"
                        .formatted(
                                outage,
                                rehearsal.serving().size(),
                                rehearsal.alive().size(),
                                rehearsal.launched(),
                                least,
                                most));
            }
            return wrong;
        }
    }

    /** The last launch that failed is kept for someone to look at. */
    private static long kept(Rehearsal rehearsal) {
        return rehearsal.lastPass().plan().nodes().stream()
                .filter(node -> node.phase() == Phase.KEPT_FOR_DEBUGGING)
                .count();
    }

    private static Rehearsal cluster() {
        WorldSpec calm = WorldSpec.calm(5);
        WorldSpec world = calm.withApi(new WorldSpec.Api(2, Duration.ZERO, Duration.ZERO))
                .withHealthChecks(calm.healthChecks().withDeregistrationDelay(Duration.ofMinutes(1)));
        return new Rehearsal(Specs.in(Specs.micro(), world.place()), world);
    }

    /** Writes that went out, whatever came of them. */
    private static int tried(Rehearsal rehearsal) {
        return (int) rehearsal.passes().stream()
                .map(Pass::outcomes)
                .flatMap(List::stream)
                .filter(outcome -> !(outcome.result() instanceof Outcome.Result.Dropped))
                .count();
    }
}
