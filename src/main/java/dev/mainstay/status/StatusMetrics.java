package dev.mainstay.status;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Gap;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.PublishedPasses;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of each cluster's passes, every one of them there from the start: gauges read the last pass and are not a
 * number before the first, counters begin at zero. Each published pass is to be given to it once. A cluster that comes later
 * has its metrics from its first pass on; one that is no longer supervised is not a number again. Thread-safe.
 */
public final class StatusMetrics implements Consumer<Pass> {
    private static final List<String> RESULTS = List.of("done", "failed", "dropped");

    private final MeterRegistry registry;
    private final PublishedPasses passes;
    private final Map<ClusterName, MultiGauge> creditBalances = new ConcurrentHashMap<>();

    public StatusMetrics(MeterRegistry registry, PublishedPasses passes) {
        this.registry = registry;
        this.passes = passes;
        passes.specs().stream().map(ClusterSpec::name).forEach(this::register);
    }

    @Override
    public void accept(Pass pass) {
        ClusterName cluster = pass.spec().name();
        if (!creditBalances.containsKey(cluster)) {
            register(cluster); // a cluster that the config did not have at the start
        }
        passes(cluster).increment();
        for (Outcome outcome : pass.outcomes()) {
            actions(cluster, outcome.action().kind(), Labels.of(outcome.result()))
                    .increment();
        }
        pass.plan().withheld().forEach(held -> withheld(cluster, held.guard()).increment());
        MultiGauge balances = creditBalances.get(cluster);
        if (balances != null) {
            // Overwriting drops the rows of nodes that have gone.
            balances.register(balances(pass), true);
        }
    }

    private void register(ClusterName cluster) {
        for (Phase phase : Phase.values()) {
            gauge(
                    "mainstay.nodes",
                    "Nodes in this phase",
                    cluster,
                    Tags.of("phase", phase.label()),
                    pass -> count(pass, phase));
        }
        gauge(
                "mainstay.desired.nodes",
                "Nodes wanted in service",
                cluster,
                Tags.empty(),
                pass -> pass.spec().capacity().desired());
        gauge(
                "mainstay.floor.nodes",
                "Nodes below which Mainstay takes nothing out",
                cluster,
                Tags.empty(),
                pass -> pass.spec().capacity().min());
        gauge(
                "mainstay.base.nodes",
                "On-demand nodes that must be in service",
                cluster,
                Tags.empty(),
                pass -> pass.spec().capacity().onDemandBase());
        gauge(
                "mainstay.serving.nodes",
                "Nodes in service, as last believed",
                cluster,
                Tags.empty(),
                pass -> unknownAsNaN(PassReader.serving(pass)));
        money(cluster);
        for (ConditionName name : ConditionName.values()) {
            gauge(
                    "mainstay.condition",
                    "1 while the condition holds",
                    cluster,
                    Tags.of("condition", name.label()),
                    pass -> flag(pass.plan().conditions().stream().anyMatch(condition -> condition.name() == name)));
        }
        for (Gap.Source source : Gap.Source.values()) {
            gauge(
                    "mainstay.gap",
                    "1 while this cannot be read",
                    cluster,
                    Tags.of("source", source.label()),
                    pass -> flag(pass.observation().gap(source).isPresent()));
        }
        times(cluster);
        counters(cluster);
        creditBalances.put(
                cluster,
                MultiGauge.builder("mainstay.node.credit.balance")
                        .description("CPU credits at the last sample")
                        .tag("cluster", cluster.value())
                        .register(registry));
    }

    private void money(ClusterName cluster) {
        gauge(
                "mainstay.cost.usd.per.hour",
                "Compute cost of all that exists",
                cluster,
                Tags.empty(),
                pass -> unknownAsNaN(pass.plan().cost().usdPerHour()));
        gauge(
                "mainstay.on.demand.cost.usd.per.hour",
                "Compute cost if every node wanted were on-demand",
                cluster,
                Tags.empty(),
                pass -> unknownAsNaN(pass.plan().cost().onDemandUsdPerHour()));
    }

    private void times(ClusterName cluster) {
        gauge(
                "mainstay.last.pass.timestamp.seconds",
                "When the last pass decided: the loop lives",
                cluster,
                Tags.empty(),
                pass -> seconds(pass.plan().at()));
        gauge(
                "mainstay.last.full.observation.timestamp.seconds",
                "When nothing vital was missing from an observation: the loop sees",
                cluster,
                Tags.empty(),
                pass -> pass.memory().seen() == null
                        ? Double.NaN
                        : seconds(pass.memory().seen().wall()));
    }

    private void counters(ClusterName cluster) {
        passes(cluster);
        for (ActionKind kind : ActionKind.values()) {
            RESULTS.forEach(result -> actions(cluster, kind, result));
        }
        for (GuardName guard : GuardName.values()) {
            withheld(cluster, guard);
        }
    }

    private Counter passes(ClusterName cluster) {
        return Counter.builder("mainstay.passes")
                .description("Passes that were completed")
                .tag("cluster", cluster.value())
                .register(registry);
    }

    private Counter actions(ClusterName cluster, ActionKind kind, String result) {
        return Counter.builder("mainstay.actions")
                .description("Actions, by what became of them")
                .tags("cluster", cluster.value(), "kind", kind.label(), "result", result)
                .register(registry);
    }

    private Counter withheld(ClusterName cluster, GuardName guard) {
        return Counter.builder("mainstay.withheld")
                .description("Actions that a guard held back, once in each pass")
                .tags("cluster", cluster.value(), "guard", guard.label())
                .register(registry);
    }

    private void gauge(
            String name, String description, ClusterName cluster, Tags tags, ToDoubleFunction<Pass> reading) {
        Gauge.builder(
                        name,
                        passes,
                        published -> published
                                .last(cluster)
                                .map(reading::applyAsDouble)
                                .orElse(Double.NaN))
                .description(description)
                .tag("cluster", cluster.value())
                .tags(tags)
                .register(registry);
    }

    private static double count(Pass pass, Phase phase) {
        long ours = pass.plan().nodes().stream()
                .filter(node -> node.phase() == phase)
                .count();
        return phase == Phase.FOREIGN ? ours + pass.observation().foreign().size() : ours;
    }

    private static List<MultiGauge.Row<?>> balances(Pass pass) {
        return NodeReader.nodes(pass).stream()
                .<MultiGauge.Row<?>>mapMulti((node, rows) -> {
                    if (node.credits() != null && node.credits().balance() != null) {
                        rows.accept(MultiGauge.Row.of(
                                Tags.of("node", node.id()), node.credits().balance()));
                    }
                })
                .toList();
    }

    private static double unknownAsNaN(@Nullable Number number) {
        return number == null ? Double.NaN : number.doubleValue();
    }

    private static double flag(boolean holds) {
        return holds ? 1 : 0;
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }
}
