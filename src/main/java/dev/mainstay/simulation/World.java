package dev.mainstay.simulation;

import dev.mainstay.cluster.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One AWS region, simulated. It knows nothing of who supervises it. It is advanced lazily: whoever asks calls
 * {@link #advance} first, and then all that has become due since happens, in order.
 *
 * <p>Deterministic: two worlds of one spec that are asked the same at the same times answer the same. Its wall clock is
 * true, whatever happens to the supervisor's.
 *
 * <p>Not thread-safe: only the holder of the baton of its {@link VirtualTime} may ask it.
 */
public final class World {
    private final WorldSpec spec;
    private final VirtualTime time;
    private final Agenda agenda = new Agenda();
    private final Compute compute;
    private final SpotPools pools;
    private final TargetGroups targetGroups;
    private final ScalingGroups scalingGroups;
    private final Workload workload;
    private final CallFaults callFaults;
    private final TokenBuckets tokens;
    private final MetricsFaults metricsFaults;

    /** A world that begins now, without a single machine. */
    public World(WorldSpec spec, VirtualTime time) {
        this.spec = spec;
        this.time = time;
        Chance chance = new Chance(spec.seed());
        agenda.advanceTo(time.elapsed());
        callFaults = new CallFaults(chance);
        tokens = new TokenBuckets(spec.api().left());
        metricsFaults = new MetricsFaults();
        compute = new Compute(spec, agenda, chance, this::machineChanged);
        pools = new SpotPools(spec, agenda, chance, compute);
        compute.joins(pools);
        targetGroups = new TargetGroups(spec, agenda, chance, this::rotationChanged);
        workload = new Workload(
                spec, time.start(), agenda, chance, compute, targetGroups::rotation, targetGroups::machineChanged);
        scalingGroups = new ScalingGroups(spec, agenda, compute, targetGroups);
    }

    public WorldSpec spec() {
        return spec;
    }

    /** EC2's machines and spot requests. */
    public Compute compute() {
        return compute;
    }

    /** The spot market. */
    public SpotPools pools() {
        return pools;
    }

    /** The load balancer. */
    public TargetGroups targetGroups() {
        return targetGroups;
    }

    /** EC2 Auto Scaling. */
    public ScalingGroups scalingGroups() {
        return scalingGroups;
    }

    /** Demand and CPU credits. */
    public Workload workload() {
        return workload;
    }

    /** Lets all happen that is due by now. */
    public void advance() {
        agenda.advanceTo(time.elapsed());
    }

    /** The world's true time. */
    public Instant now() {
        return at(agenda.now());
    }

    /** An instant, from a time since the start of the world. */
    public Instant at(Duration sinceStart) {
        return time.start().plus(sinceStart);
    }

    /** Does it, now, or as it says. Refuses a node that does not exist. */
    public void inject(Fault fault) {
        advance();
        switch (fault) {
            case Fault.Hang hang -> compute.hang(machine(hang.node()));
            case Fault.Impair impair -> compute.impair(machine(impair.node()));
            case Fault.Recover recover -> compute.recover(machine(recover.node()));
            case Fault.Outage outage -> compute.cutOff(outage.zone(), outage.until());
            case Fault.NewTemplateVersion(boolean broken) ->
                compute.templateVersions().publish(broken);
            case Fault.BreakLaunches broken -> compute.breakLaunches(broken.until());
            case Fault.TerminateBehindBack terminate -> compute.terminate(List.of(machine(terminate.node())));
            case Fault.Retire retire -> compute.retire(machine(retire.node()), retire.at());
            case Fault.Stop stop -> compute.stop(machine(stop.node()));
            case Fault.Deregister deregister -> targetGroups.deregisterEverywhere(machine(deregister.node()));
            case Fault.Tag tag -> compute.tag(machine(tag.node()), tag.key(), tag.value());
            case Fault.Interrupt interrupt -> pools.interrupt(machine(interrupt.node()), interrupt.noticed());
            case Fault.RefuseLaunches refuse -> compute.refuse(refuse);
            case Fault.ForbidTermination forbid -> machine(forbid.node()).undying = true;
            case Fault.DelayTerminations delay -> compute.delayTerminations(delay.until());
            case Fault.Hide hide -> compute.hide(hidden(hide.node()), hide.until());
            case Fault.Exhaust exhaust -> compute.exhaust(exhaust.pool(), exhaust.until());
            case Fault.EndLaunches end -> compute.endLaunches(end.until());
            case Fault.InterruptLate late -> pools.interruptLate(machine(late.node()), late.warning());
            case Fault.NoticeFalsely falsely -> pools.noticeFalsely(machine(falsely.node()));
            case Fault.MisjudgeTargets misjudge -> targetGroups.misjudge(misjudge.says(), misjudge.until());
            case Fault.SpoilMetrics spoil -> metricsFaults.begin(spoil, agenda.now());
            case Fault.CrowdAccount crowd -> {
                tokens.leave(Math.min(crowd.left(), spec.api().left()));
                agenda.at(crowd.until(), () -> tokens.leave(spec.api().left()));
            }
            case Fault.EndInGroup end -> scalingGroups.terminate(end.node(), false);
            case Fault.Suspend suspend -> scalingGroups.suspend(suspend.group(), suspend.process(), suspend.until());
            case Fault.Refresh refresh -> scalingGroups.refresh(refresh.group(), refresh.until());
            case Fault.FailCalls failCalls -> callFaults.add(failCalls);
            case Fault.Freeze freeze -> callFaults.add(freeze);
            case Fault.StepClock(Duration by) -> time.stepWall(by);
            case Fault.SkewClock(Duration by, Duration until) -> {
                callFaults.add(new Fault.FailCalls("*", CallFailure.SKEWED, agenda.now(), until));
                time.stepWall(by);
                time.at(until, () -> time.stepWall(by.negated()));
            }
        }
    }

    /** How an attempt at a call of this operation fails now, if a fault is on. */
    public Optional<CallFailure> failureOf(String operation) {
        return callFaults.failureOf(operation, agenda.now());
    }

    /** The freeze that its caller falls into now that this operation is answered, if one waits for it; it happens once. */
    public Optional<Fault.Freeze> freezeAt(String operation) {
        return callFaults.freezeAt(operation);
    }

    /** For how long in all the supervisor has stood still. */
    public Duration frozen() {
        return callFaults.frozen();
    }

    /** AWS's limits on calls. */
    public TokenBuckets tokens() {
        return tokens;
    }

    /** What CloudWatch shows of a machine, oldest first, spoilt where a fault is on. */
    public List<Sample> published(NodeId id) {
        return metricsFaults.spoil(workload.published(id), agenda.now());
    }

    /** Lets this happen, so much later. */
    public void after(Duration delay, Runnable event) {
        agenda.after(delay, event);
    }

    private List<Machine> hidden(@Nullable NodeId node) {
        return node == null ? List.copyOf(compute.all()) : List.of(machine(node));
    }

    private Machine machine(NodeId id) {
        return compute.machine(id).orElseThrow(() -> new IllegalArgumentException("this world has no instance " + id));
    }

    private void machineChanged(Machine machine) {
        workload.machineChanged(machine);
        targetGroups.machineChanged(machine);
        workload.share();
    }

    private void rotationChanged() {
        workload.share();
    }
}
