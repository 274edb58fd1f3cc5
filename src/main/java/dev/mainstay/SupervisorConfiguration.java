package dev.mainstay;

import dev.mainstay.catalog.Catalog;
import dev.mainstay.cloud.aws.AwsClouds;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Moment;
import dev.mainstay.config.MainstayConfig;
import dev.mainstay.journal.Journal;
import dev.mainstay.journal.sqlite.SqliteJournal;
import dev.mainstay.planning.Pass;
import dev.mainstay.reconcile.ClusterLoop;
import dev.mainstay.reconcile.Reconciler;
import dev.mainstay.reconcile.Supervisor;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** Puts the daemon together: a loop for each cluster, on AWS, on the machine's own time. */
public final class SupervisorConfiguration {
    private SupervisorConfiguration() {}

    /**
     * The loops of all clusters; not started.
     *
     * @throws dev.mainstay.journal.JournalException if the journal cannot be opened
     */
    public static Supervisor supervisor(MainstayConfig config, Consumer<Pass> published, Supplier<Moment> clock) {
        Journal journal = SqliteJournal.open(config.state());
        AwsClouds clouds = new AwsClouds();
        Catalog catalog = Catalog.shipped().with(config.onDemandPrices());
        SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
        scheduler.setVirtualThreads(true);
        scheduler.setThreadNamePrefix("cluster-");
        List<ClusterLoop> loops = config.clusters().stream()
                .map(spec -> new ClusterLoop(
                        spec.name().value(),
                        spec.interval(),
                        reconciler(spec, clouds, journal, catalog, clock),
                        scheduler,
                        clock,
                        published))
                .toList();
        return new Supervisor(loops, List.of(scheduler, clouds, journal));
    }

    /** One cluster's passes on AWS. */
    public static Reconciler reconciler(
            ClusterSpec spec, AwsClouds clouds, Journal journal, Catalog catalog, Supplier<Moment> clock) {
        Supplier<IntentId> ids = () -> new IntentId(UUID.randomUUID().toString());
        return Reconciler.of(spec, clouds.cloud(spec), journal, catalog, clock, ids);
    }
}
