package dev.mainstay.perturbation;

import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.Condition;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Pass;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.simulation.sdk.CallBoundary;
import dev.mainstay.testing.Rehearsal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One play of a scenario, with one interference. */
final class Play implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final Scenario scenario;
    private final Rehearsal cluster;
    private final Watch watch;
    private final List<ActionKind> deeds = new ArrayList<>();
    private final Set<ConditionName> told = EnumSet.noneOf(ConditionName.class);
    private Duration lastDeed = Duration.ZERO;
    /** Nodes that were missing, over all looks. */
    private int missed;

    Play(Scenario scenario, Interference interference) {
        this.scenario = scenario;
        Boundary boundary = new Boundary(interference);
        cluster = new Rehearsal(scenario.spec(), scenario.world(), boundary, interference::around);
        watch = new Watch(cluster);
        boundary.watch = watch;
        cluster.watch(pass -> {
            judge(pass);
            interference.passed(pass);
        });
        interference.attach(cluster);
        scenario.opening().accept(cluster);
        runUntil(scenario.settled());
        deeds.clear();
        told.clear();
        scenario.happening().accept(cluster);
    }

    private void judge(Pass pass) {
        watch.judge(pass);
        told.addAll(names(pass));
        for (Outcome outcome : pass.outcomes()) {
            if (!(outcome.result() instanceof Outcome.Result.Dropped)) {
                deeds.add(outcome.action().kind());
                lastDeed = cluster.time().elapsed();
            }
        }
    }

    Rehearsal cluster() {
        return cluster;
    }

    /** What was asked of AWS since the happening, refused or not. */
    List<ActionKind> deeds() {
        return List.copyOf(deeds);
    }

    /** When AWS was last asked for something. */
    Duration lastDeed() {
        return lastDeed;
    }

    /** Of which conditions an operator has been told since the happening. */
    Set<ConditionName> told() {
        return told;
    }

    /** Of which conditions an operator is told now. */
    Set<ConditionName> tells() {
        return names(cluster.lastPass());
    }

    private static Set<ConditionName> names(Pass pass) {
        return pass.plan().conditions().stream().map(Condition::name).collect(Collectors.toSet());
    }

    List<String> breaches() {
        return watch.breaches();
    }

    void runUntil(Duration time) {
        if (time.compareTo(cluster.time().elapsed()) > 0) {
            cluster.time().run(time);
        }
    }

    /** Runs until then, and looks every ten seconds: for how long nodes were missing in service, each counted. */
    Duration missingUntil(Duration time) {
        look(time);
        runUntil(time);
        return LOOK.multipliedBy(missed);
    }

    private void look(Duration until) {
        missed += Math.max(
                0,
                cluster.spec().capacity().desired()
                        - Watch.serving(cluster.world()).size());
        Duration next = cluster.time().elapsed().plus(LOOK);
        if (next.compareTo(until) < 0) {
            cluster.time().at(next, () -> look(until));
        }
    }

    Duration pass() {
        return cluster.interval();
    }

    Ending ending() {
        Set<Machine> serving = Watch.serving(cluster.world());
        return new Ending(
                cluster.alive().stream()
                        .filter(Watch::ours)
                        .map(machine -> Watch.described(machine, serving.contains(machine)))
                        .sorted()
                        .toList(),
                cluster.launched(),
                watch.ended());
    }

    @Override
    public String toString() {
        return scenario + "\n" + String.join("\n", cluster.log());
    }

    @Override
    public void close() {
        cluster.close();
    }

    /** The watch sees the world first: whoever crashes here sees nothing any more. */
    private static final class Boundary implements CallBoundary {
        private final Interference interference;
        private Watch watch;

        Boundary(Interference interference) {
            this.interference = interference;
        }

        @Override
        public void before(Call call) {
            watch.before(call);
            interference.before(call);
        }

        @Override
        public <R> R carry(Call call, Supplier<R> there) {
            return interference.carry(call, there);
        }

        @Override
        public void after(Call call) {
            watch.after(call);
            interference.after(call);
        }
    }
}
