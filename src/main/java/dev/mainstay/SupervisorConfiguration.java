package dev.mainstay;

import dev.mainstay.catalog.Catalog;
import dev.mainstay.cloud.aws.AwsClouds;
import dev.mainstay.cloud.aws.OwnInstance;
import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Moment;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Surroundings;
import dev.mainstay.config.MainstayConfig;
import dev.mainstay.config.PauseNote;
import dev.mainstay.journal.Journal;
import dev.mainstay.journal.sqlite.JournalCopy;
import dev.mainstay.journal.sqlite.SqliteJournal;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Planner;
import dev.mainstay.reconcile.ClusterLoop;
import dev.mainstay.reconcile.LaunchCreditTally;
import dev.mainstay.reconcile.Reconciler;
import dev.mainstay.reconcile.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** Puts the daemon together: a loop for each cluster, on AWS, on the machine's own time. */
public final class SupervisorConfiguration {
    private SupervisorConfiguration() {}

    /**
     * What supervises the clusters of a config, and how it takes up another one. The state directory is the first one's for
     * as long as the process lives.
     */
    public record Supervision(
            Supervisor supervisor,
            AwsClouds clouds,
            Journal journal,
            LaunchCreditTally tally,
            Supplier<Moment> clock,
            Supplier<Surroundings> surroundings) {
        /** From now on this config holds. */
        public void follow(MainstayConfig config) {
            Catalog catalog = Catalog.shipped().with(config.onDemandPrices());
            note(config, journal, tally, clock);
            supervisor.follow(
                    config.clusters(), spec -> reconciler(spec, clouds, journal, tally, catalog, clock, surroundings));
        }
    }

    /**
     * The loops of all clusters; not started.
     *
     * @param surroundings what the daemon finds around itself
     * @param told hears what is wrong with the journal, where it was damaged and an empty one had to take its place
     * @throws dev.mainstay.journal.JournalException if the journal cannot be opened
     */
    public static Supervision supervision(
            MainstayConfig config,
            Consumer<Pass> published,
            Supplier<Moment> clock,
            Supplier<Surroundings> surroundings,
            Consumer<String> told) {
        Journal journal = SqliteJournal.recover(config.state(), clock.get().wall(), told);
        AwsClouds clouds = new AwsClouds();
        SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
        scheduler.setVirtualThreads(true);
        scheduler.setThreadNamePrefix("cluster-");
        Supervisor supervisor = new Supervisor(
                (spec, reconciler) ->
                        new ClusterLoop(spec.name().value(), spec.interval(), reconciler, scheduler, clock, published),
                List.of(scheduler, clouds, journal));
        Supervision supervision =
                new Supervision(supervisor, clouds, journal, new LaunchCreditTally(), clock, surroundings);
        supervision.follow(config);
        return supervision;
    }

    /**
     * What a pass of each cluster would do now. Nothing is written anywhere.
     *
     * @throws dev.mainstay.journal.JournalException if there is a journal that cannot be read
     */
    public static List<Pass> preview(MainstayConfig config, Supplier<Surroundings> surroundings) {
        Supplier<Moment> clock = systemClock();
        Catalog catalog = Catalog.shipped().with(config.onDemandPrices());
        List<ClusterName> names =
                config.clusters().stream().map(ClusterSpec::name).toList();
        try (AwsClouds clouds = new AwsClouds();
                Journal journal =
                        JournalCopy.of(config.state(), names, clock.get().wall())) {
            LaunchCreditTally tally = new LaunchCreditTally();
            note(config, journal, tally, clock);
            return config.clusters().stream()
                    .map(spec -> reconciler(spec, clouds, journal, tally, catalog, clock, surroundings)
                            .preview())
                    .toList();
        }
    }

    /** What the process finds around itself: the instance on which it runs, and what stands beside its config. */
    public static Supplier<Surroundings> surroundings(Path config) {
        NodeId self = OwnInstance.find(System.getenv()).orElse(null);
        PauseNote pause = PauseNote.beside(config);
        return () -> new Surroundings(self, pause.get());
    }

    /** The machine's own time. */
    public static Supplier<Moment> systemClock() {
        long start = System.nanoTime();
        return () -> new Moment(Instant.now(), Duration.ofNanos(System.nanoTime() - start));
    }

    /** What the journals know of all clusters, before the first of them has its pass. */
    private static void note(MainstayConfig config, Journal journal, LaunchCreditTally tally, Supplier<Moment> clock) {
        Instant now = clock.get().wall();
        config.clusters().forEach(spec -> tally.note(spec, journal.load(spec.name(), now)));
    }

    private static Reconciler reconciler(
            ClusterSpec spec,
            AwsClouds clouds,
            Journal journal,
            LaunchCreditTally tally,
            Catalog catalog,
            Supplier<Moment> clock,
            Supplier<Surroundings> surroundings) {
        Supplier<IntentId> ids = () -> new IntentId(UUID.randomUUID().toString());
        return Reconciler.of(spec, clouds.cloud(spec), journal, new Planner(catalog), clock, ids, surroundings, tally);
    }
}
