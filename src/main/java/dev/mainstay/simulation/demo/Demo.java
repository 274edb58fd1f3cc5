package dev.mainstay.simulation.demo;

import dev.mainstay.catalog.Catalog;
import dev.mainstay.cloud.Cloud;
import dev.mainstay.cloud.aws.AwsClouds;
import dev.mainstay.cloud.aws.GivenServices;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Moment;
import dev.mainstay.journal.Journal;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Planner;
import dev.mainstay.reconcile.ClusterLoop;
import dev.mainstay.reconcile.Reconciler;
import dev.mainstay.simulation.Pace;
import dev.mainstay.simulation.VirtualTime;
import dev.mainstay.simulation.World;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.sdk.SimulatedAws;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The daemon's own loop, planner, adapters and journal on the simulated AWS. One seed, one run: whatever the pace, the same
 * things happen at the same virtual times.
 */
public final class Demo implements AutoCloseable {
    /** A Monday at midnight, since the generated load knows the days of the week. */
    static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

    private final ClusterSpec spec;
    private final VirtualTime time;
    private final DemoScript script;
    private final Reconciler reconciler;
    private final ClusterLoop loop;
    private final Journal journal;
    private final List<String> notes;

    /**
     * What to show.
     *
     * @param cpu files of recorded CPU load; empty: generated
     * @param prices files of recorded spot prices; empty: generated
     * @param availability files of recorded spot capacity; empty: generated
     */
    public record Options(long seed, Pace pace, List<Path> cpu, List<Path> prices, List<Path> availability) {
        public Options {
            cpu = List.copyOf(cpu);
            prices = List.copyOf(prices);
            availability = List.copyOf(availability);
        }
    }

    /**
     * Sets the scene; nothing runs yet.
     *
     * @param journal in memory, or wherever it shall survive the demo
     * @throws dev.mainstay.simulation.trace.TraceException if a recorded file cannot be used
     */
    public Demo(Options options, Journal journal, Consumer<Pass> published) {
        Catalog catalog = Catalog.shipped();
        DemoHistories histories =
                DemoHistories.of(options.seed(), options.cpu(), options.prices(), options.availability(), catalog);
        WorldSpec worldSpec = DemoCluster.world(options.seed(), histories, catalog);
        this.spec = DemoCluster.spec(histories, worldSpec.place());
        this.time = new VirtualTime(START, options.pace(), Demo::rethrow);
        this.journal = journal;
        World world = new World(worldSpec, time);
        SimulatedAws aws = new SimulatedAws(world, time);
        Cloud cloud = AwsClouds.on(
                new GivenServices(
                        aws.ec2(),
                        aws.elasticLoadBalancing(),
                        aws.classicBalancing(),
                        aws.autoScaling(),
                        aws.cloudWatch()),
                spec);
        this.script = new DemoScript(world, time, options.seed());
        this.reconciler = Reconciler.of(spec, cloud, journal, new Planner(catalog), time::now, ids(options.seed()));
        this.loop = new ClusterLoop(
                spec.name().value(), spec.interval(), reconciler, time.scheduler(), time::now, published);
        this.notes = notes(histories);
    }

    /** The cluster that is shown. */
    public ClusterSpec spec() {
        return spec;
    }

    /** The virtual time. May be asked from any thread. */
    public Moment now() {
        return time.now();
    }

    /** What is generated, what recorded and what scripted, a line each. */
    public List<String> notes() {
        return notes;
    }

    /** What the first pass would do; nothing is done. */
    public Pass preview() {
        return reconciler.preview();
    }

    /** Runs on the calling thread for so much virtual time. */
    public void run(Duration length) {
        begin();
        time.run(length);
    }

    /** Runs on the calling thread until it is closed. */
    public void runForever() {
        begin();
        time.runForever();
    }

    private void begin() {
        script.begin();
        loop.start();
    }

    /** Ends the run. May be called from any thread. */
    public void end() {
        time.stop();
    }

    @Override
    public void close() {
        time.close();
        journal.close();
    }

    private static List<String> notes(DemoHistories histories) {
        List<String> notes = new ArrayList<>();
        notes.add("load: " + histories.histories().loadOrigin());
        notes.add("spot prices: " + histories.histories().priceOrigin());
        notes.add("spot capacity: " + histories.histories().capacityOrigin());
        notes.add(DemoScript.description());
        notes.addAll(histories.remarks());
        return List.copyOf(notes);
    }

    private static Supplier<IntentId> ids(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return () -> new IntentId(new UUID(random.nextLong(), random.nextLong()).toString());
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw failure instanceof RuntimeException exception ? exception : new IllegalStateException(failure);
    }
}
