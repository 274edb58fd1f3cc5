package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.CallFailure;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.MetricsFailure;
import dev.mainstay.simulation.SpotRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Draws what exactly a fault of a kind does: to whom, where, for how long. Not for crashes, which happen to no world. */
final class FaultDraw {
    private static final List<String> OPERATIONS = List.of(
            "*",
            "Describe*",
            "DescribeInstances",
            "DescribeTargetHealth",
            "DescribeInstanceStatus",
            "DescribeSpot*",
            "GetMetricData",
            "RunInstances",
            "TerminateInstances",
            "RegisterTargets",
            "DeregisterTargets",
            "ModifyInstanceCreditSpecification");

    private static final String[] READS = {
        "Describe*",
        "DescribeInstances",
        "DescribeTargetHealth",
        "DescribeInstanceStatus",
        "DescribeSpotInstanceRequests",
        "DescribeSpotPriceHistory",
        "GetMetricData"
    };
    /** What a load balancer says that has trouble of its own. Source: ELB guide, "Target health status". */
    private static final TargetHealth[] MISJUDGED = {
        new TargetHealth(TargetHealth.State.UNHEALTHY, "Elb.InternalError"),
        new TargetHealth(TargetHealth.State.UNAVAILABLE, null)
    };

    private static final Duration[] STEPS = {
        Duration.ofHours(1), Duration.ofHours(-1), Duration.ofDays(1), Duration.ofDays(-1)
    };
    /** More than the five minutes that AWS bears. */
    private static final Duration SKEW = Duration.ofMinutes(15);

    private final Scene scene;
    private final RandomGenerator random;
    private final Duration end;

    /** @param end when everything heals: nothing that is drawn lasts longer */
    FaultDraw(Scene scene, RandomGenerator random, Duration end) {
        this.scene = scene;
        this.random = random;
        this.end = end;
    }

    /**
     * A fault of this kind; empty where the world has nothing that it could befall.
     *
     * @param operation of the call at whose edge it strikes; null: between two passes
     */
    Optional<Fault> of(FaultKind kind, @Nullable String operation) {
        return switch (kind) {
            case HANG -> sickened().map(machine -> new Fault.Hang(machine.id()));
            case IMPAIR -> sickened().map(machine -> new Fault.Impair(machine.id()));
            case TERMINATED_BY_OTHERS ->
                one(machine -> machine.alive() && !scene.isUndying(machine.id()))
                        .map(machine -> new Fault.TerminateBehindBack(machine.id()));
            case STOPPED_BY_OTHERS ->
                one(machine -> machine.market() == Market.ON_DEMAND
                                && machine.state() == InstanceState.RUNNING
                                && !scene.isUndying(machine.id()))
                        .map(machine -> new Fault.Stop(machine.id()));
            case DEREGISTERED_BY_OTHERS ->
                one(machine -> scene.inService().contains(machine.id()))
                        .map(machine -> new Fault.Deregister(machine.id()));
            case UNTAGGED_BY_OTHERS ->
                one(Machine::alive).map(machine -> new Fault.Tag(machine.id(), Tags.CLUSTER, null));
            case RETIRE ->
                one(machine -> machine.alive() && machine.retiresAt() == null)
                        .map(machine -> new Fault.Retire(machine.id(), until(minutes(10, 2000))));
            case INTERRUPT -> spot().map(machine -> new Fault.Interrupt(machine.id(), true));
            case INTERRUPT_WITHOUT_NOTICE -> spot().map(machine -> new Fault.Interrupt(machine.id(), false));
            case NOTICE_LATE ->
                spot().map(machine -> new Fault.InterruptLate(machine.id(), Duration.ofSeconds(random.nextInt(100))));
            case NOTICE_FALSE -> spot().map(machine -> new Fault.NoticeFalsely(machine.id()));
            case OUTAGE -> Optional.of(new Fault.Outage(zone(), until(minutes(1, 40))));
            case BAD_TEMPLATE -> Optional.of(new Fault.NewTemplateVersion(true));
            case BAD_IMAGE -> Optional.of(new Fault.BreakLaunches(until(minutes(5, 90))));
            case LAUNCHES_END -> Optional.of(new Fault.EndLaunches(until(minutes(1, 30))));
            case NO_ROOM -> Optional.of(new Fault.RefuseLaunches(zone(), market(), until(minutes(2, 60))));
            case POOL_EXHAUSTED -> Optional.of(new Fault.Exhaust(pool(), until(minutes(2, 120))));
            case TERMINATION_FORBIDDEN -> one(Machine::alive).map(machine -> new Fault.ForbidTermination(machine.id()));
            case TERMINATIONS_LATE -> Optional.of(new Fault.DelayTerminations(until(minutes(1, 20))));
            case HIDDEN ->
                random.nextInt(3) == 0
                        ? Optional.of(new Fault.Hide(null, until(minutes(1, 15))))
                        : one(Machine::alive).map(machine -> new Fault.Hide(machine.id(), until(minutes(1, 30))));
            case THROTTLED -> Optional.of(calls(CallFailure.THROTTLED, operation));
            case DENIED -> Optional.of(calls(CallFailure.DENIED, operation));
            case INTERNAL_ERROR -> Optional.of(calls(new CallFailure.Answer("InternalError", 500), operation));
            case UNREACHABLE -> Optional.of(calls(new CallFailure.Unreachable(), operation));
            case ANSWER_LOST -> Optional.of(calls(new CallFailure.AnswerLost(), operation));
            case ANSWER_LATE ->
                Optional.of(calls(new CallFailure.AnswerLate(Duration.ofSeconds(2L + random.nextInt(20))), operation));
            case EFFECT_LATE -> Optional.of(calls(new CallFailure.EffectLate(minutes(1, 11)), operation));
            case ARRIVED_TWICE -> Optional.of(calls(new CallFailure.ArrivedTwice(), operation));
            case ANSWER_EMPTY -> Optional.of(reads(new CallFailure.EmptyAnswer()));
            case ANSWER_HALF ->
                Optional.of(
                        reads(random.nextBoolean() ? new CallFailure.HalfAnswer() : new CallFailure.FirstPageOnly()));
            case ACCOUNT_CROWDED ->
                Optional.of(new Fault.CrowdAccount(0.05 + 0.4 * random.nextDouble(), until(minutes(1, 40))));
            case METRICS_SPOILT ->
                Optional.of(new Fault.SpoilMetrics(one(MetricsFailure.values()), until(minutes(5, 90))));
            case TARGETS_MISJUDGED -> Optional.of(new Fault.MisjudgeTargets(one(MISJUDGED), until(minutes(1, 40))));
            case CLOCK_STEPPED -> Optional.of(new Fault.StepClock(one(STEPS)));
            case CLOCK_SKEWED ->
                Optional.of(new Fault.SkewClock(random.nextBoolean() ? SKEW : SKEW.negated(), until(minutes(1, 40))));
            case FROZEN ->
                // At the call under way, or at the next one.
                Optional.of(new Fault.Freeze("*", until(minutes(1, 60)).minus(scene.elapsed()), random.nextBoolean()));
            case CRASH -> Optional.empty();
        };
    }

    private Fault calls(CallFailure how, @Nullable String operation) {
        // Of the call under way alone, mostly; else of any, for some minutes.
        if (operation != null && random.nextInt(4) > 0) {
            return new Fault.FailCalls(operation, how, scene.elapsed(), until(Duration.ofSeconds(2)));
        }
        Duration length = Duration.ofSeconds(30 + random.nextInt(600));
        String operations = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
        return new Fault.FailCalls(operations, how, scene.elapsed(), until(length));
    }

    /** Of one kind of read, or of all, for some minutes. */
    private Fault reads(CallFailure how) {
        return new Fault.FailCalls(one(READS), how, scene.elapsed(), until(minutes(1, 20)));
    }

    private <T> T one(T[] of) {
        return of[random.nextInt(of.length)];
    }

    /** One that is well, while so many are. */
    private Optional<Machine> sickened() {
        long well = scene.ours().stream().filter(Machine::answers).count();
        return 2 * well < scene.spec().capacity().desired() && random.nextInt(4) > 0
                ? Optional.empty()
                : one(Machine::answers);
    }

    private Optional<Machine> spot() {
        return one(machine -> machine.alive()
                && !machine.doomed()
                && machine.request() != null
                && machine.request().status().equals(SpotRequest.FULFILLED));
    }

    private Optional<Machine> one(Predicate<Machine> fit) {
        List<Machine> candidates = scene.ours().stream().filter(fit).toList();
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(random.nextInt(candidates.size())));
    }

    private @Nullable Zone zone() {
        List<Zone> zones = List.copyOf(scene.spec().launch().subnets().keySet());
        return random.nextInt(3) == 0 ? null : zones.get(random.nextInt(zones.size()));
    }

    private @Nullable Market market() {
        return switch (random.nextInt(4)) {
            case 0 -> Market.ON_DEMAND;
            case 1 -> null;
            default -> Market.SPOT;
        };
    }

    private Pool pool() {
        List<InstanceType> types =
                List.copyOf(scene.world().spec().place().onDemandUsdPerHour().keySet());
        List<Zone> zones = List.copyOf(scene.spec().launch().subnets().keySet());
        return new Pool(types.get(random.nextInt(types.size())), zones.get(random.nextInt(zones.size())));
    }

    private Duration minutes(int from, int to) {
        return Duration.ofMinutes(random.nextInt(from, to));
    }

    private Duration until(Duration length) {
        Duration until = scene.elapsed().plus(length);
        return until.compareTo(end) < 0 ? until : end;
    }
}
