package dev.mainstay.simulation.soak;

import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Reason;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.Pace;
import dev.mainstay.simulation.VirtualTime;
import dev.mainstay.simulation.World;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.simulation.sdk.CallBoundary;
import dev.mainstay.simulation.sdk.SimulatedAws;
import dev.mainstay.simulation.sdk.SimulatedCrash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One seed: things go wrong for a time, then everything heals, and then the cluster must become what was asked for (L1a: the
 * desired capacity in service; L1b: nothing there that should not be), and be silent. The first breach ends it.
 */
final class Trial implements AutoCloseable {
    /** A Monday at midnight, as in the demo. */
    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

    private static final int QUIET_PASSES = 100;
    /** Prices must have held for 15 minutes before anyone moves or returns for them: until then it is not over. */
    private static final int SETTLED_PASSES = 40;

    private final SoakOptions options;
    private final long seed;
    private final Setting setting;
    private final VirtualTime time;
    private final World world;
    private final Disk disk;
    private final Daemon daemon;
    private final Scene scene;
    private final Strikes strikes;
    private final Referee referee;
    private final Chronicle chronicle;
    private final Order order;
    private @Nullable Pass lastPass;
    private Duration lastPassAt = Duration.ZERO;
    private double nodeSeconds;
    private long passes;
    private boolean moved;

    /** @param lines hears of every line of the event log */
    Trial(SoakOptions options, long seed, DaemonParts parts, Consumer<String> lines) {
        this.options = options;
        this.seed = seed;
        this.setting = Setting.of(seed, options.nodes(), options.faulty());
        this.time = new VirtualTime(START, Pace.MAX, this::failed);
        this.world = new World(setting.world(), time);
        this.disk = Disk.of(options.journal());
        WitnessedJournal witness = new WitnessedJournal();
        this.scene = new Scene(setting.spec(), world, time, witness);
        this.chronicle = new Chronicle(() -> time.now().wall(), line -> told(line, lines));
        this.strikes = new Strikes(scene, time, options, seed, chronicle::tell);
        SimulatedAws aws = new SimulatedAws(world, time, new Boundary());
        this.daemon = new Daemon(setting.spec(), time, aws, disk, witness, parts, seed, this::published);
        this.referee = new Referee(Referee.all(scene, daemon), time::stop);
        this.order = new Order(scene);
    }

    TrialResult run() {
        TrialResult.Convergence healed = null;
        try {
            daemon.start();
            strikes.begin();
            time.run(options.faulty());
            healed = referee.finding() == null ? heal() : null;
        } catch (RuntimeException e) {
            StackTraceElement[] trace = e.getStackTrace();
            referee.found("nothing throws", e + (trace.length == 0 ? "" : " at " + trace[0]));
        }
        Pass last = lastPass;
        return new TrialResult(
                seed,
                time.elapsed(),
                nodeSeconds / 3600,
                passes,
                referee.calls(),
                referee.checks(),
                daemon.crashes(),
                world.compute().everLaunched(),
                healed,
                healed == null || last == null ? 0 : order.duplicates(last),
                healed == null ? 0 : leaks(),
                strikes.coverage(),
                breach());
    }

    private TrialResult.@Nullable Convergence heal() {
        boolean takenOut = strikes.heal();
        Duration healedAt = time.elapsed();
        long before = passes;
        until("L1a capacity", 1, order::missing, order.healing(takenOut));
        Duration capacity = time.elapsed().minus(healedAt);
        long capacityPasses = passes - before;
        until("L1b shape", SETTLED_PASSES, order::misshapen, order.shaping());
        Duration shape =
                time.elapsed().minus(healedAt).minus(setting.spec().interval().multipliedBy(SETTLED_PASSES - 1L));
        long writes = quiet();
        // As pools calm down a node may move to a better one, so often a day: that is no unrest.
        for (int i = 0; moved && i < setting.spec().guards().returnsPerDay(); i++) {
            until("L1b shape", SETTLED_PASSES, order::misshapen, order.shaping());
            writes = quiet();
        }
        if (referee.writes() > writes) {
            referee.found(
                    "silence",
                    "%d writes in %d passes after everything was in order, the last a %s"
                            .formatted(referee.writes() - writes, QUIET_PASSES, referee.lastWrite()));
        }
        return referee.finding() == null ? new TrialResult.Convergence(capacityPasses, capacity, shape) : null;
    }

    /** So many passes in which nothing is to be done; the writes before them. */
    private long quiet() {
        long writes = referee.writes();
        moved = false;
        if (referee.finding() == null) {
            time.run(time.elapsed().plus(setting.spec().interval().multipliedBy(QUIET_PASSES)));
        }
        return writes;
    }

    /** Goes on until nothing is out of order, and nothing is written, in so many passes; for so long at most. */
    private void until(String name, int settledPasses, Function<Pass, List<String>> disorder, Duration most) {
        Duration end = time.elapsed().plus(most);
        int settled = 0;
        while (referee.finding() == null && settled < settledPasses) {
            long writes = referee.writes();
            time.run(time.elapsed().plus(setting.spec().interval()));
            Pass last = lastPass;
            List<String> found = last == null ? List.of("no pass yet") : disorder.apply(last);
            boolean atRest = found.isEmpty() && (settledPasses == 1 || referee.writes() == writes);
            settled = atRest ? settled + 1 : 0;
            if (!atRest && time.elapsed().compareTo(end) >= 0) {
                referee.found(
                        name,
                        "%s after everything healed: %s; held back: %s"
                                .formatted(
                                        most,
                                        found,
                                        last == null ? "" : last.plan().withheld()));
            }
        }
    }

    private long leaks() {
        return world.compute().all().stream()
                .filter(Machine::alive)
                .filter(machine -> !scene.ours(machine))
                .count();
    }

    private void published(Pass pass) {
        strikes.passEnded();
        passes++;
        nodeSeconds += (time.elapsed().minus(lastPassAt).toMillis() / 1000.0)
                * scene.ours().size();
        lastPassAt = time.elapsed();
        lastPass = pass;
        moved |= pass.outcomes().stream().anyMatch(outcome -> outcome.action().reason() instanceof Reason.BetterPool);
        chronicle.pass(pass);
        referee.pass(pass);
    }

    private void failed(Throwable failure) {
        if (!(failure instanceof SimulatedCrash)) {
            throw failure instanceof RuntimeException exception ? exception : new IllegalStateException(failure);
        }
        strikes.passEnded();
        chronicle.restarted();
        daemon.crashed();
    }

    private void told(String line, Consumer<String> lines) {
        lines.accept(line);
        referee.line(line);
    }

    private @Nullable Breach breach() {
        Referee.Finding finding = referee.finding();
        return finding == null
                ? null
                : new Breach(
                        seed,
                        time.now().wall(),
                        finding.invariant(),
                        finding.what(),
                        options.from(seed, 1).command(),
                        chronicle.last());
    }

    @Override
    public void close() {
        daemon.stop();
        time.close();
        disk.close();
    }

    /** First the invariants look, then the fault strikes. */
    private final class Boundary implements CallBoundary {
        @Override
        public void before(Call call) {
            referee.before(call);
            strikes.before(call);
        }

        @Override
        public void after(Call call) {
            referee.after(call);
            strikes.after(call);
        }
    }
}
