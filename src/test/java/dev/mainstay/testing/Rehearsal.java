package dev.mainstay.testing;

import dev.mainstay.cloud.Cloud;
import dev.mainstay.cloud.aws.AwsClouds;
import dev.mainstay.cloud.aws.GivenServices;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Moment;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Surroundings;
import dev.mainstay.journal.Journal;
import dev.mainstay.journal.sqlite.SqliteJournal;
import dev.mainstay.planning.Control;
import dev.mainstay.planning.Pass;
import dev.mainstay.reconcile.ClusterLoop;
import dev.mainstay.reconcile.Event;
import dev.mainstay.reconcile.LaunchCreditTally;
import dev.mainstay.reconcile.PassFeed;
import dev.mainstay.reconcile.Reconciler;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.VirtualTime;
import dev.mainstay.simulation.World;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.sdk.CallBoundary;
import dev.mainstay.simulation.sdk.SimulatedAws;
import dev.mainstay.simulation.sdk.SimulatedCrash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The daemon's own loop, adapters and journal on the simulated AWS, in virtual time. The world and the journal outlive the
 * daemon, which may crash and be started again.
 */
public final class Rehearsal implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private final WorldSpec.Place place;
    private final UnaryOperator<Journal> journalBoundary;
    private ClusterSpec spec;
    private final VirtualTime time;
    private final World world;
    private final SimulatedAws aws;
    private Journal journal = SqliteJournal.inMemory();
    private final Supplier<IntentId> ids;
    private final List<Event> events = new ArrayList<>();
    private final List<Pass> passes = new ArrayList<>();
    private PassFeed feed = new PassFeed(events::add);
    private ClusterLoop loop;
    private int crashes;
    private boolean running = true;
    private Surroundings surroundings = Surroundings.NONE;
    private Consumer<Pass> watcher = pass -> {};

    public Rehearsal(ClusterSpec spec, WorldSpec worldSpec) {
        this(spec, worldSpec, CallBoundary.OPEN);
    }

    public Rehearsal(ClusterSpec spec, WorldSpec worldSpec, CallBoundary boundary) {
        this(spec, worldSpec, boundary, UnaryOperator.identity());
    }

    /** @param journalBoundary stands between the daemon and its journal */
    public Rehearsal(
            ClusterSpec spec, WorldSpec worldSpec, CallBoundary boundary, UnaryOperator<Journal> journalBoundary) {
        this.spec = spec;
        this.journalBoundary = journalBoundary;
        this.place = worldSpec.place();
        this.time = new VirtualTime(START, dev.mainstay.simulation.Pace.MAX, this::failed);
        this.world = new World(worldSpec, time);
        this.aws = new SimulatedAws(world, time, boundary);
        SplittableRandom random = new SplittableRandom(worldSpec.seed());
        this.ids = () -> new IntentId(new UUID(random.nextLong(), random.nextLong()).toString());
        this.loop = startLoop();
    }

    /** The micro cluster in a calm region. */
    public static Rehearsal calm(long seed) {
        WorldSpec world = WorldSpec.calm(seed);
        return new Rehearsal(Specs.in(Specs.micro(), world.place()), world);
    }

    /** This cluster in a calm region. */
    public static Rehearsal calm(long seed, SpecDraft draft) {
        WorldSpec world = WorldSpec.calm(seed);
        return new Rehearsal(draft.in(world.place()), world);
    }

    private ClusterLoop startLoop() {
        ClusterLoop started = new ClusterLoop(
                spec.name().value(), spec.interval(), reconciler(), time.scheduler(), time::now, pass -> {
                    passes.add(pass);
                    watcher.accept(pass);
                    feed.accept(pass);
                });
        started.start();
        return started;
    }

    private Reconciler reconciler() {
        Cloud cloud = AwsClouds.on(
                new GivenServices(
                        aws.ec2(),
                        aws.elasticLoadBalancing(),
                        aws.classicBalancing(),
                        aws.autoScaling(),
                        aws.cloudWatch()),
                spec);
        Supplier<Moment> clock = time::now;
        Journal seen = journalBoundary.apply(journal);
        return Reconciler.of(
                spec,
                Planting.active().map(planted -> planted.cloud(cloud)).orElse(cloud),
                Planting.active().map(planted -> planted.journal(seen)).orElse(seen),
                Planners.underTest(),
                Planting.active().map(planted -> planted.clock(clock)).orElse(clock),
                ids,
                () -> surroundings,
                new LaunchCreditTally());
    }

    /** The file PAUSE is there; null: it is not, or no longer. */
    public Rehearsal pauseFile(Surroundings.@Nullable PauseFile file) {
        surroundings = new Surroundings(null, file);
        return this;
    }

    /** The daemon takes up a changed config, as after a reload; so does one that starts later. */
    public Rehearsal reload(SpecDraft changed) {
        return reload(changed.in(place));
    }

    public Rehearsal reload(ClusterSpec changed) {
        spec = changed;
        loop.follow(reconciler(), spec.interval());
        return this;
    }

    /** The daemon was given a config with a mistake in it. */
    public Rehearsal reloadRefused(String mistake) {
        loop.note(new Gap(Gap.Source.CONFIG, time.now().wall(), mistake));
        return this;
    }

    /** The cluster is no longer in the config. */
    public Rehearsal unsupervised() {
        loop.stop();
        return this;
    }

    /** A crash ends the daemon; ten seconds later it is started again, as systemd would. */
    private void failed(Throwable failure) {
        if (!(failure instanceof SimulatedCrash)) {
            throw failure instanceof RuntimeException exception ? exception : new IllegalStateException(failure);
        }
        crashes++;
        feed = new PassFeed(events::add);
        time.at(time.elapsed().plusSeconds(10), () -> loop = startLoop());
    }

    /** From now on it hears of each pass as it is published. */
    public void watch(Consumer<Pass> each) {
        watcher = each;
    }

    /** Ends the daemon between two passes; the world and the journal stay. */
    public void kill() {
        loop.stop();
        running = false;
        feed = new PassFeed(events::add);
    }

    /** Starts the daemon again. */
    public void start() {
        loop = startLoop();
        running = true;
    }

    public boolean running() {
        return running;
    }

    /** What the daemon is asked for now. */
    public ClusterSpec spec() {
        return spec;
    }

    public Duration interval() {
        return spec.interval();
    }

    /** What the daemon that is down remembered is gone. */
    public void loseJournal() {
        journal.close();
        journal = SqliteJournal.inMemory();
    }

    /** From its next start on the daemon, which is down, remembers here. */
    public void remember(Journal other) {
        journal = other;
    }

    public Rehearsal run(Duration length) {
        time.run(time.elapsed().plus(length));
        return this;
    }

    /** The daemon is stopped, and started again on the same journal. */
    public Rehearsal restart() {
        loop.stop();
        feed = new PassFeed(events::add);
        loop = startLoop();
        return this;
    }

    /** Someone tells the daemon this. */
    public Rehearsal tell(Control control) {
        loop.tell(control);
        return this;
    }

    public Rehearsal inject(Fault fault) {
        world.inject(fault);
        return this;
    }

    public World world() {
        world.advance();
        return world;
    }

    public VirtualTime time() {
        return time;
    }

    public SimulatedAws aws() {
        return aws;
    }

    public List<Event> events() {
        return events;
    }

    /** The event log so far, without what was merely held back. */
    public List<String> log() {
        return events.stream()
                .filter(event -> event.kind() != Event.Kind.HELD)
                .map(Event::line)
                .toList();
    }

    public List<String> writes() {
        return events.stream()
                .filter(event -> event.kind() == Event.Kind.WRITE)
                .map(Event::subject)
                .toList();
    }

    public Pass lastPass() {
        return passes.getLast();
    }

    public List<Pass> passes() {
        return passes;
    }

    public int crashes() {
        return crashes;
    }

    /** The machines that exist, in the order of their launch. */
    public List<Machine> alive() {
        return world().compute().all().stream().filter(Machine::alive).toList();
    }

    /** How many machines were ever launched. */
    public long launched() {
        return world().compute().everLaunched();
    }

    public List<NodeId> serving() {
        return world().targetGroups().rotation().stream()
                .map(Machine::id)
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        loop.stop();
        time.close();
        journal.close();
    }
}
