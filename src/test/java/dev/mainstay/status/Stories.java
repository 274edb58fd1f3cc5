package dev.mainstay.status;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Role;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.Zone;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Closure;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Passes that say much: what the page and the golden file are judged by. */
final class Stories {
    static final Instant NOW = Drawn.NOW;

    private Stories() {}

    static Pool pool(String zone) {
        return new Pool(Specs.T2_MICRO, new Zone("us-east-1" + zone));
    }

    static Action.Launch launch(Market market, String zone, Role role, Reason reason) {
        return new Action.Launch(
                null, market, pool(zone), role, 1, null, null, CreditMode.STANDARD, null, false, true, reason);
    }

    static Action.Terminate terminate(String id, Reason reason) {
        return new Action.Terminate(new NodeId(id), true, reason);
    }

    static Action.Deregister deregister(String id, Reason reason) {
        return new Action.Deregister(new NodeId(id), new TreeSet<>(List.of(Sketch.GROUP)), reason);
    }

    static Outcome.Result done() {
        return new Outcome.Result.Done(List.of());
    }

    static Outcome.Result made(String id, Market market, String zone) {
        return new Outcome.Result.Done(List.of(new Instance(
                new NodeId(id),
                Specs.T2_MICRO,
                new Zone("us-east-1" + zone),
                market,
                InstanceState.PENDING,
                null,
                NOW,
                null,
                Map.of(Tags.CLUSTER, "blog"))));
    }

    static Outcome.Result noCapacity() {
        return new Outcome.Result.Failed(
                FailureKind.CAPACITY, "There is no Spot capacity available that matches your request.");
    }

    static Reason exhausted() {
        return new Reason.CreditsExhausted(NOW.minus(Duration.ofMinutes(11)), 0.4, 10.2, 10);
    }

    static Reason sick() {
        return new Reason.UnhealthyFor(
                NOW.minus(Duration.ofMinutes(2)), Duration.ofMinutes(5), Sketch.GROUP, "Target.Timeout");
    }

    /** A node in every phase; an action of every result; something held, missing and unknown. */
    static Pass everything() {
        return new Drawn()
                .node("i-0c51", "c", Market.SPOT, Phase.IN_SERVICE, null, 57.5, NOW.plus(Duration.ofMinutes(40)))
                .node("i-0a1f", "a", Market.ON_DEMAND, Phase.IN_SERVICE, null, 131.25)
                .node(
                        "i-0b77",
                        "b",
                        Market.SPOT,
                        Phase.COMING,
                        new Reason.Starting(NOW.minus(Duration.ofSeconds(70))),
                        null)
                .node("i-0b19", "b", Market.SPOT, Phase.SUSPECT, sick(), 96.0)
                .node("i-0d01", "a", Market.SPOT, Phase.AT_RISK, null, 20.0)
                .node(
                        "i-0c07",
                        "c",
                        Market.SPOT,
                        Phase.DOOMED,
                        new Reason.Interrupted("marked-for-termination", NOW.minus(Duration.ofSeconds(30))),
                        12.0)
                .node("i-0a2c", "a", Market.SPOT, Phase.CONDEMNED, exhausted(), 0.4, NOW.minus(Duration.ofMinutes(11)))
                .node(
                        "i-0d02",
                        "a",
                        Market.SPOT,
                        Phase.DRAINING,
                        new Reason.Draining(NOW.minus(Duration.ofSeconds(20)), Duration.ofMinutes(1)),
                        null)
                .node("i-0d03", "a", Market.SPOT, Phase.RESTING, null, 9.0)
                .node("i-0d04", "b", Market.SPOT, Phase.QUARANTINED, null, null)
                .node("i-0d05", "b", Market.SPOT, Phase.KEPT_FOR_DEBUGGING, null, null)
                .node(
                        "i-0d06",
                        "c",
                        Market.ON_DEMAND,
                        Phase.HELD_BY_SOMEONE,
                        new Reason.HeldBySomeone(NOW.minus(Duration.ofMinutes(17))),
                        144.0)
                .stranger("i-0ffe")
                .node(
                        "i-0c99",
                        "c",
                        Market.SPOT,
                        Phase.LOST,
                        new Reason.Ended("terminated", "Server.SpotInstanceTermination"),
                        null)
                .standIn("i-0e01", "c")
                .did(
                        launch(Market.SPOT, "b", Role.SPOT, new Reason.CapacityMissing(3, 4)),
                        made("i-0b77", Market.SPOT, "b"))
                .did(launch(Market.SPOT, "c", Role.SPOT, new Reason.CapacityMissing(3, 4)), noCapacity())
                .did(deregister("i-0d02", new Reason.MoreThanWanted(5, 4)), done())
                .did(
                        terminate("i-0d06", new Reason.MoreThanWanted(5, 4)),
                        new Outcome.Result.Dropped("it is protected now"))
                .did(new Action.SetCreditMode(new NodeId("i-0c51"), CreditMode.UNLIMITED, exhausted()), null)
                .withheld(terminate("i-0b19", sick()), GuardName.FLOOR, new Reason.AtFloor(2, 2))
                .condition(ConditionName.BELOW_DESIRED, Duration.ofMinutes(3), new Reason.ShortOf(3, 4))
                .condition(ConditionName.STANDING_IN, Duration.ofHours(2), new Reason.StandingIn(1))
                .gap(
                        Gap.Source.SPOT_PRICES,
                        Duration.ofMinutes(12),
                        "DescribeSpotPriceHistory: not offered by this endpoint")
                .cost(null, 0.0464)
                .pass(412);
    }

    /** What one sees on the second story of the demo: spot is gone, on-demand nodes hold the line. */
    static List<Pass> spotLost() {
        Reason lost = new Reason.NoSpotPool(List.of(
                new Reason.PoolState(pool("a"), new Closure(Closure.Cause.REFUSED, NOW.plus(Duration.ofMinutes(4)))),
                new Reason.PoolState(pool("b"), new Closure(Closure.Cause.LOST, NOW.plus(Duration.ofMinutes(3)))),
                new Reason.PoolState(pool("c"), new Closure(Closure.Cause.LOST, NOW.plus(Duration.ofMinutes(3))))));
        Pass first = Drawn.healthy()
                .at(NOW.minus(Duration.ofMinutes(42)))
                .did(
                        launch(Market.SPOT, "b", Role.SPOT, new Reason.CapacityMissing(3, 4)),
                        made("i-0b19", Market.SPOT, "b"))
                .pass(1);
        Pass second = Drawn.healthy()
                .at(NOW.minus(Duration.ofMinutes(39)))
                .did(deregister("i-0b04", exhausted()), done())
                .pass(2);
        Pass third = Drawn.healthy()
                .at(NOW.minus(Duration.ofMinutes(38)))
                .did(terminate("i-0b04", exhausted()), done())
                .pass(3);
        Pass fourth = Drawn.healthy()
                .at(NOW.minus(Duration.ofSeconds(95)))
                .did(launch(Market.SPOT, "a", Role.SPOT, new Reason.CapacityMissing(2, 4)), noCapacity())
                .pass(4);
        Pass fifth = Drawn.healthy()
                .at(NOW.minus(Duration.ofSeconds(94)))
                .did(launch(Market.ON_DEMAND, "b", Role.STAND_IN, lost), made("i-0b52", Market.ON_DEMAND, "b"))
                .did(launch(Market.ON_DEMAND, "c", Role.STAND_IN, lost), made("i-0c3d", Market.ON_DEMAND, "c"))
                .pass(5);
        Pass last = new Drawn()
                .node("i-0a1f", "a", Market.ON_DEMAND, Phase.IN_SERVICE, null, 131.2)
                .node("i-0a2c", "a", Market.SPOT, Phase.IN_SERVICE, null, 38.4, NOW.plus(Duration.ofMinutes(96)))
                .standIn("i-0b52", "b")
                .node(
                        "i-0c3d",
                        "c",
                        Market.ON_DEMAND,
                        Phase.COMING,
                        new Reason.Starting(NOW.minus(Duration.ofSeconds(93))),
                        null)
                .node(
                        "i-0b19",
                        "b",
                        Market.SPOT,
                        Phase.LOST,
                        new Reason.Ended("terminated", "Server.SpotInstanceTermination"),
                        null)
                .node(
                        "i-0c07",
                        "c",
                        Market.SPOT,
                        Phase.LOST,
                        new Reason.Ended("terminated", "Server.SpotInstanceTermination"),
                        null)
                .withheld(
                        terminate("i-0a2c", sick()),
                        GuardName.YOUNG_NODE,
                        new Reason.Young(NOW.minus(Duration.ofMinutes(4)), Duration.ofMinutes(10)))
                .condition(ConditionName.BELOW_DESIRED, Duration.ofSeconds(100), new Reason.ShortOf(3, 4))
                .condition(ConditionName.STANDING_IN, Duration.ofSeconds(94), new Reason.StandingIn(2))
                .condition(ConditionName.SPOT_UNAVAILABLE, Duration.ofSeconds(95), lost)
                .gap(
                        Gap.Source.CREDIT_METRICS,
                        Duration.ofMinutes(6),
                        "GetMetricData: too many calls, tried again by the next pass")
                .cost(0.0396, 0.0464)
                .pass(6);
        return List.of(first, second, third, fourth, fifth, last);
    }
}
