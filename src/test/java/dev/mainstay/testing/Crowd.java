package dev.mainstay.testing;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Moment;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Observation;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.cluster.Role;
import dev.mainstay.cluster.StatusCheck;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.Zone;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.Plan;
import dev.mainstay.planning.Planner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A cluster of very many nodes, in the pass in which something has just happened to many of them: to measure with. */
public final class Crowd {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    /** What has happened. */
    public enum Misfortune {
        /** Nothing. */
        NONE(false),
        /** Three nodes in ten are gone. */
        LOSS(false),
        /** Three nodes in ten have been sick for too long; that is not yet a shared fate. */
        ILLNESS(true),
        /** Two nodes in ten are wanted no more. */
        SURPLUS(false),
        /** Three nodes in ten have no CPU credits left. */
        EXHAUSTION(true);

        /** Whether it has lasted for ten minutes. */
        private final boolean lasts;

        Misfortune(boolean lasts) {
            this.lasts = lasts;
        }
    }

    private final Planner planner = Planners.underTest();
    private final ClusterSpec spec;
    private final Memory before;
    private final Observation observation;
    private final Memory after;

    public Crowd(int size, Misfortune misfortune) {
        ClusterSpec whole = spec(size, size);
        int some = 3 * size / 10;
        List<Node> nodes = switch (misfortune) {
            case NONE, SURPLUS -> nodes(size, Crowd::well);
            case LOSS -> nodes(size, number -> number < some ? ended(number) : well(number));
            case ILLNESS -> nodes(size, number -> number < some ? sick(number) : well(number));
            case EXHAUSTION -> nodes(size, number -> number < some ? exhausted(number) : well(number));
        };
        Memory memory = Memory.born(START.minus(Duration.ofDays(9)));
        for (int seconds = 660; seconds > 0; seconds -= 30) {
            boolean early = seconds > 600 || !misfortune.lasts;
            List<Node> then = early ? nodes(size, Crowd::well) : nodes;
            memory = pass(whole, observation(then, START.minusSeconds(seconds)), memory);
        }
        this.spec = misfortune == Misfortune.SURPLUS ? spec(size, 8 * size / 10) : whole;
        this.before = memory;
        this.observation = observation(nodes, START);
        this.after = remember();
    }

    public Plan plan() {
        return planner.plan(spec, observation, after, observation.at());
    }

    /** What is known after the observation. */
    public Memory remember() {
        return before.after(spec, observation);
    }

    private static ClusterSpec spec(int size, int desired) {
        return SpecDraft.micro()
                .desired(desired)
                .min(size / 2)
                .max(2 * size)
                .base(size / 10)
                // Launch credits are the same for a cluster of any size: with other remedies the sizes would not
                // compare.
                .remedy(Remedy.UNLIMITED)
                .build();
    }

    private Memory pass(ClusterSpec as, Observation seen, Memory memory) {
        Memory known = memory.after(as, seen);
        return known.after(planner.plan(as, seen, known, seen.at()));
    }

    private static Observation observation(List<Node> nodes, Instant at) {
        return new Observation(
                new Moment(at, Duration.between(START.minus(Duration.ofDays(1)), at)),
                nodes,
                Set.of(),
                Map.of(),
                Map.of(Sketch.GROUP, Duration.ofMinutes(1)),
                Specs.T2_MICRO,
                Map.of(),
                List.of());
    }

    private static List<Node> nodes(int size, IntFunction<Node> node) {
        return IntStream.range(0, size).mapToObj(node).toList();
    }

    private static Node well(int number) {
        return node(number, InstanceState.RUNNING, TargetHealth.HEALTHY);
    }

    private static Node sick(int number) {
        return node(number, InstanceState.RUNNING, new TargetHealth(TargetHealth.State.UNHEALTHY, "Target.Timeout"));
    }

    private static Node exhausted(int number) {
        return node(
                number,
                InstanceState.RUNNING,
                TargetHealth.HEALTHY,
                new CreditReading(START.minusSeconds(120), 0.0, 0.5, 10.0, null));
    }

    private static Node ended(int number) {
        return node(number, InstanceState.TERMINATED, TargetHealth.HEALTHY);
    }

    private static Node node(int number, InstanceState state, TargetHealth health) {
        return node(number, state, health, new CreditReading(START.minusSeconds(120), 100.0, 0.5, 10.0, null));
    }

    /** Every tenth is on-demand; they lie in three zones by turns. */
    private static Node node(int number, InstanceState state, TargetHealth health, CreditReading credits) {
        Market market = number % 10 == 0 ? Market.ON_DEMAND : Market.SPOT;
        Instance instance = new Instance(
                new NodeId("i-%017x".formatted(number)),
                Specs.T2_MICRO,
                new Zone("us-east-1" + "abc".charAt(number % 3)),
                market,
                state,
                null,
                START.minus(Duration.ofDays(1 + number % 7)),
                market == Market.SPOT ? "sir-" + number : null,
                Map.of(Tags.CLUSTER, "blog", Tags.ROLE, Role.BASE.label()));
        return new Node(
                instance,
                Map.of(Sketch.GROUP, health),
                StatusCheck.OK,
                null,
                credits,
                CreditMode.STANDARD,
                List.of(),
                null);
    }
}
