package dev.mainstay.perturbation;

import static dev.mainstay.planning.ActionKind.DEREGISTER;
import static dev.mainstay.planning.ActionKind.LAUNCH;
import static dev.mainstay.planning.ActionKind.REGISTER;
import static dev.mainstay.planning.ActionKind.SET_CREDIT_MODE;
import static dev.mainstay.planning.ActionKind.TERMINATE;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.Control;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.trace.LoadTrace;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** The golden scenarios. */
final class Scenarios {
    private static final long SEED = 11;
    /** New instances are missing in descriptions for up to so long: a restart cannot just look. */
    private static final Duration INVISIBLE = Duration.ofSeconds(40);

    private static final Duration LATENCY = Duration.ofMillis(100);
    private static final InstanceType FALLBACK = new InstanceType("t3.small");
    /** Old enough to be judged: startup-grace and young-node are over. */
    private static final Duration GROWN = Duration.ofMinutes(13);

    private Scenarios() {}

    static List<Scenario> all() {
        return List.of(
                bootstrap("bootstrap", 3),
                bootstrap("bootstrap of one", 1),
                loss("spot loss", true, LAUNCH, REGISTER, DEREGISTER),
                loss("spot loss without a notice", false, LAUNCH, REGISTER),
                returnToSpot(),
                heal(),
                replaceExhausted(),
                unlimited(),
                rest(),
                promote(),
                scale("scale up", 3, 5, LAUNCH, LAUNCH, REGISTER, REGISTER),
                scale("scale down", 5, 3, DEREGISTER, DEREGISTER, TERMINATE, TERMINATE),
                newTemplate(),
                pause());
    }

    static Scenario bootstrap(String name, int nodes) {
        return scenario(
                        name,
                        draft(30).desired(nodes),
                        world().withApi(new WorldSpec.Api(2, INVISIBLE, LATENCY)),
                        nodes == 1
                                ? List.of(LAUNCH, REGISTER)
                                : List.of(LAUNCH, LAUNCH, LAUNCH, REGISTER, REGISTER, REGISTER))
                .after(Duration.ZERO, _ -> {});
    }

    private static Scenario loss(String name, boolean noticed, ActionKind... deeds) {
        return scenario(name, draft(30).desired(3), world(), List.of(deeds))
                .after(
                        GROWN,
                        cluster -> cluster.inject(
                                new Fault.Interrupt(first(cluster, Market.SPOT).id(), noticed)));
    }

    /** Spot was refused from the beginning, so two nodes are on-demand; from now on there is some. */
    private static Scenario returnToSpot() {
        return scenario(
                        "return to spot",
                        draft(30).desired(2),
                        world(),
                        List.of(LAUNCH, REGISTER, DEREGISTER, TERMINATE))
                .opening(cluster -> cluster.inject(new Fault.RefuseLaunches(null, Market.SPOT, GROWN.plusMinutes(1))))
                .after(GROWN, _ -> {});
    }

    private static Scenario heal() {
        return scenario(
                        "unhealthy heal",
                        draft(60).desired(3),
                        world(),
                        List.of(LAUNCH, REGISTER, DEREGISTER, TERMINATE))
                .after(
                        GROWN,
                        cluster -> cluster.inject(
                                new Fault.Hang(first(cluster, Market.SPOT).id())))
                // Each of two crashes may make the node's time of being sick begin anew.
                .patient(Duration.ofMinutes(15));
    }

    private static Scenario replaceExhausted() {
        return exhausted(
                "credit heal: replace",
                draft(60).desired(3).remedy(Remedy.REPLACE),
                42,
                LAUNCH,
                REGISTER,
                DEREGISTER,
                TERMINATE);
    }

    /** What was borrowed is paid back at a tenth of the speed at which it was borrowed. */
    private static Scenario unlimited() {
        return exhausted(
                        "credit heal: unlimited",
                        draft(300).desired(3).remedy(Remedy.UNLIMITED).resumeAt(7),
                        36,
                        SET_CREDIT_MODE,
                        SET_CREDIT_MODE)
                .patient(Duration.ofHours(1));
    }

    private static Scenario rest() {
        return exhausted(
                        "credit heal: rest",
                        draft(120)
                                .desired(4)
                                .min(2)
                                .onDemandOnly()
                                .remedy(Remedy.REST)
                                .resumeAt(10),
                        50,
                        DEREGISTER,
                        REGISTER)
                .patient(Duration.ofHours(1));
    }

    private static Scenario promote() {
        return exhausted(
                "credit heal: promote",
                draft(60)
                        .desired(2)
                        .min(1)
                        .onDemandOnly()
                        .remedy(Remedy.PROMOTE)
                        .fallbackType(FALLBACK.name()),
                42,
                LAUNCH,
                REGISTER,
                DEREGISTER,
                TERMINATE);
    }

    /** A crawler takes all of one node, from the fifth minute to this one; of another one, when that is gone. */
    private static Scenario exhausted(String name, SpecDraft draft, int until, ActionKind... deeds) {
        double[] crawler = new double[48 * 60];
        Arrays.fill(crawler, 5, until, 100);
        WorldSpec.Traffic traffic =
                new WorldSpec.Traffic(LoadTrace.constant(2), LoadTrace.of(Duration.ofMinutes(1), crawler), 4);
        return scenario(name, draft, world().withTraffic(traffic), List.of(deeds))
                .after(Duration.ofMinutes(20), _ -> {});
    }

    private static Scenario scale(String name, int from, int to, ActionKind... deeds) {
        return scenario(name, draft(30).desired(from).min(2), world(), List.of(deeds))
                .after(GROWN, cluster -> cluster.reload(draft(30).desired(to).min(2)));
    }

    private static Scenario newTemplate() {
        return scenario("launch-template change", draft(60).desired(3), world(), List.of())
                .after(GROWN, cluster -> cluster.inject(new Fault.NewTemplateVersion(false)))
                .lasting(Duration.ofMinutes(10));
    }

    /** A node is lost in the pause; nobody writes before it is over. */
    private static Scenario pause() {
        Duration lost = GROWN.plusMinutes(1);
        Duration resumed = GROWN.plusMinutes(4);
        return scenario("pause and resume", draft(30).desired(3), world(), List.of(LAUNCH, REGISTER))
                .after(GROWN, cluster -> {
                    Control pause = new Control.Pause(
                            cluster.time().now().wall().plus(Duration.ofHours(2)), "operator", "a look");
                    Control resume = new Control.Resume("operator");
                    insist(
                            cluster,
                            pause,
                            () -> paused(cluster),
                            () -> cluster.time()
                                    .at(
                                            later(cluster.time().elapsed(), resumed),
                                            () -> insist(cluster, resume, () -> !paused(cluster), () -> {})));
                    NodeId node = first(cluster, Market.SPOT).id();
                    cluster.time().at(lost, () -> cluster.inject(new Fault.TerminateBehindBack(node)));
                })
                .lasting(Duration.ofMinutes(4));
    }

    private static Scenario scenario(String name, SpecDraft draft, WorldSpec world, List<ActionKind> deeds) {
        return new Scenario(name, draft, world, _ -> {}, Duration.ZERO, _ -> {}, Duration.ZERO, Duration.ZERO, deeds);
    }

    private static boolean paused(Rehearsal cluster) {
        return !cluster.passes().isEmpty()
                && cluster.lastPass().memory().holds().pause() != null;
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** An operator says it until it is shown to be so, and goes on then. */
    private static void insist(Rehearsal cluster, Control control, BooleanSupplier heeded, Runnable then) {
        if (heeded.getAsBoolean()) {
            then.run();
        } else {
            cluster.tell(control);
            Duration again = cluster.time().elapsed().plusSeconds(15);
            cluster.time().at(again, () -> insist(cluster, control, heeded, then));
        }
    }

    private static Machine first(Rehearsal cluster, Market market) {
        return cluster.alive().stream()
                .filter(machine -> machine.market() == market)
                .findFirst()
                .orElseThrow();
    }

    private static SpecDraft draft(int interval) {
        return SpecDraft.micro().interval(Duration.ofSeconds(interval));
    }

    private static WorldSpec world() {
        WorldSpec calm = WorldSpec.calm(SEED);
        return calm.withApi(new WorldSpec.Api(1000, INVISIBLE, LATENCY))
                .withPlace(WorldSpec.Place.US_EAST_1.withTypes(new TreeMap<>(Map.of(
                        new InstanceType("t2.micro"), 0.0116, new InstanceType("t3.micro"), 0.0104, FALLBACK, 0.0208))))
                .withHealthChecks(calm.healthChecks().withDeregistrationDelay(Duration.ofMinutes(1)));
    }
}
