package dev.mainstay.simulation.soak;

import dev.mainstay.cloud.Cloud;
import dev.mainstay.cloud.aws.AwsClouds;
import dev.mainstay.cloud.aws.GivenServices;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Moment;
import dev.mainstay.journal.Journal;
import dev.mainstay.planning.Pass;
import dev.mainstay.reconcile.ClusterLoop;
import dev.mainstay.reconcile.Reconciler;
import dev.mainstay.simulation.VirtualTime;
import dev.mainstay.simulation.sdk.SimulatedAws;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The product's loop, planner, execution and adapters on the simulated AWS; it may crash, and is started again then. */
final class Daemon {
    /** As systemd does with the shipped unit. */
    private static final Duration RESTARTS_AFTER = Duration.ofSeconds(10);

    private final ClusterSpec spec;
    private final VirtualTime time;
    private final SimulatedAws aws;
    private final Disk disk;
    private final WitnessedJournal witness;
    private final DaemonParts parts;
    private final Consumer<Pass> passes;
    private final Supplier<IntentId> ids;
    private @Nullable ClusterLoop loop;
    private Duration startedAt = Duration.ZERO;
    private int crashes;

    Daemon(
            ClusterSpec spec,
            VirtualTime time,
            SimulatedAws aws,
            Disk disk,
            WitnessedJournal witness,
            DaemonParts parts,
            long seed,
            Consumer<Pass> passes) {
        this.spec = spec;
        this.time = time;
        this.aws = aws;
        this.disk = disk;
        this.witness = witness;
        this.parts = parts;
        this.passes = passes;
        SplittableRandom random = new SplittableRandom(seed);
        this.ids = () -> new IntentId(new UUID(random.nextLong(), random.nextLong()).toString());
    }

    void start() {
        startedAt = time.elapsed();
        Supplier<Moment> clock = parts.clock(time::now);
        Cloud cloud = AwsClouds.on(
                new GivenServices(
                        aws.ec2(),
                        aws.elasticLoadBalancing(),
                        aws.classicBalancing(),
                        aws.autoScaling(),
                        aws.cloudWatch()),
                spec);
        Journal journal = parts.journal(witness.over(disk.open()));
        Reconciler reconciler = Reconciler.of(spec, parts.cloud(cloud), journal, parts.planner(), clock, ids);
        ClusterLoop started =
                new ClusterLoop(spec.name().value(), spec.interval(), reconciler, time.scheduler(), time::now, passes);
        loop = started;
        started.start();
    }

    /** The process has died; it is started again soon. */
    void crashed() {
        crashes++;
        stop();
        disk.crash();
        time.at(time.elapsed().plus(RESTARTS_AFTER), this::start);
    }

    void stop() {
        if (loop != null) {
            loop.stop();
            loop = null;
        }
    }

    boolean running() {
        return loop != null;
    }

    /** Since when this process runs, as time since the start of the world. */
    Duration startedAt() {
        return startedAt;
    }

    int crashes() {
        return crashes;
    }
}
