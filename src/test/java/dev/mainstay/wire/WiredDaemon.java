package dev.mainstay.wire;

import dev.mainstay.cloud.aws.AwsWire;
import dev.mainstay.cloud.aws.CallLimits;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Moment;
import dev.mainstay.journal.Journal;
import dev.mainstay.journal.sqlite.SqliteJournal;
import dev.mainstay.planning.Condition;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Pass;
import dev.mainstay.reconcile.Event;
import dev.mainstay.reconcile.PassFeed;
import dev.mainstay.reconcile.Reconciler;
import dev.mainstay.testing.Planners;
import dev.mainstay.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** The daemon's own adapters, reconciler and journal against {@link WireAws}, pass by pass, on a clock that a test moves. */
final class WiredDaemon implements AutoCloseable {
    /** Short, and without the SDK's pauses between attempts. */
    private static final CallLimits ONE_ATTEMPT =
            new CallLimits(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(20), 1);

    private final AwsWire wire;
    private final WireAws aws;
    private final ClusterSpec spec;
    private final Journal journal = SqliteJournal.inMemory();
    private final SplittableRandom random = new SplittableRandom(1);
    private final List<Event> events = new ArrayList<>();
    private final PassFeed feed = new PassFeed(events::add);
    private Instant now = Instant.parse("2026-03-02T08:00:00Z");
    private Reconciler reconciler;

    WiredDaemon(AwsWire wire, Habits habits) {
        this(wire, habits, spec(Specs.micro()));
    }

    WiredDaemon(AwsWire wire, Habits habits, ClusterSpec spec) {
        this.wire = wire;
        this.aws = new WireAws(wire, habits, () -> now);
        this.spec = spec;
        this.reconciler = started();
    }

    /** The spec on what {@link WireAws} has. */
    static ClusterSpec spec(ClusterSpec base) {
        return new ClusterSpec(
                base.name(),
                base.mode(),
                base.region(),
                base.interval(),
                List.of(WireAws.WEB),
                new ClusterSpec.Launch(
                        WireAws.TEMPLATE,
                        "$Default",
                        new TreeMap<>(WireAws.SUBNETS),
                        base.launch().tags()),
                base.capacity(),
                base.spot(),
                base.health(),
                base.credits(),
                base.guards());
    }

    private Reconciler started() {
        Instant start = now;
        return Reconciler.of(
                spec,
                wire.clouds(ONE_ATTEMPT).cloud(spec),
                journal,
                Planners.underTest(),
                () -> new Moment(now, Duration.between(start, now)),
                () -> new IntentId(new UUID(random.nextLong(), random.nextLong()).toString()));
    }

    /** As after a crash: another process on the same journal. */
    WiredDaemon restart() {
        reconciler = started();
        return this;
    }

    /** So many passes, an interval apart. */
    Pass passes(int count) {
        Pass pass = null;
        for (int i = 0; i < count; i++) {
            pass = reconciler.reconcileOnce();
            feed.accept(pass);
            now = now.plus(spec.interval());
        }
        return Objects.requireNonNull(pass);
    }

    WireAws aws() {
        return aws;
    }

    /** The event lines of a kind, without time and cluster. */
    List<String> told(Event.Kind kind, String subject) {
        return events.stream()
                .filter(event -> event.kind() == kind && event.subject().equals(subject))
                .map(Event::text)
                .toList();
    }

    /** All that happened, for the message of a failed assertion. */
    String story() {
        return events.stream().map(Event::line).collect(Collectors.joining("\n"));
    }

    static Set<ConditionName> conditions(Pass pass) {
        return pass.plan().conditions().stream().map(Condition::name).collect(Collectors.toSet());
    }

    static Optional<Condition> condition(Pass pass, ConditionName name) {
        return pass.plan().conditions().stream()
                .filter(one -> one.name() == name)
                .findFirst();
    }

    @Override
    public void close() {
        journal.close();
    }
}
