package dev.mainstay.journal.sqlite;

import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.Canary;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Holds;
import dev.mainstay.planning.Intent;
import dev.mainstay.planning.Lineage;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.MonthToDate;
import dev.mainstay.planning.NodeMemory;
import dev.mainstay.planning.PoolMemory;
import dev.mainstay.planning.Refusal;
import dev.mainstay.planning.Returns;
import dev.mainstay.planning.Strangers;
import dev.mainstay.planning.TemplateVersions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A memory being put together from its rows. */
final class StoredMemory {
    private @Nullable Instant birth;
    private Memory.@Nullable Seen seen;
    private final SortedMap<NodeId, NodeMemory> nodes = new TreeMap<>();
    private final SortedMap<Pool, PoolMemory> pools = new TreeMap<>();
    private final SortedMap<IntentId, Intent> intents = new TreeMap<>();
    private List<Memory.Spending> spendings = List.of();
    private Memory.@Nullable LaunchBackOff launchBackOff;
    private final SortedMap<ActionKind, Refusal> refusals = new TreeMap<>();
    private final SortedMap<ConditionName, Instant> conditions = new TreeMap<>();
    private Holds holds = Holds.NONE;
    private Returns returns = Returns.NONE;
    private @Nullable Canary canary;
    private final SortedMap<String, Lineage> lineages = new TreeMap<>();
    private @Nullable MonthToDate month;
    private TemplateVersions versions = TemplateVersions.NONE;
    private Strangers strangers = Strangers.NONE;

    /** @throws IllegalArgumentException or Jackson's exception, if the row does not say what its kind should */
    void add(Row row) {
        String json = Objects.requireNonNull(row.value());
        switch (row.kind()) {
            case BIRTH -> birth = Json.read(json, Instant.class);
            // An uptime means nothing to another process.
            case SEEN -> seen = new Memory.Seen(Json.read(json, Instant.class), null);
            case NODE -> nodes.put(new NodeId(row.key()), Json.read(json, NodeMemory.class));
            case POOL -> pools.put(PoolKey.parse(row.key()), Json.read(json, PoolMemory.class));
            case INTENT -> intents.put(new IntentId(row.key()), Json.read(json, Intent.class));
            case SPENDINGS -> spendings = List.of(Json.read(json, Memory.Spending[].class));
            case LAUNCH_BACK_OFF -> launchBackOff = Json.read(json, Memory.LaunchBackOff.class);
            case REFUSAL -> refusals.put(ActionKind.valueOf(row.key()), Json.read(json, Refusal.class));
            case CONDITION -> conditions.put(ConditionName.valueOf(row.key()), Json.read(json, Instant.class));
            case HOLDS -> holds = Json.read(json, Holds.class);
            case RETURNS -> returns = Json.read(json, Returns.class);
            case CANARY -> canary = Json.read(json, Canary.class);
            case LINEAGE -> lineages.put(row.key(), Json.read(json, Lineage.class));
            case VERSIONS -> versions = Json.read(json, TemplateVersions.class);
            case MONTH -> month = Json.read(json, MonthToDate.class);
            case STRANGERS -> strangers = Json.read(json, Strangers.class);
        }
    }

    /** Null if there is no row that says when it was born: it never was stored, or it is not whole. */
    @Nullable
    Memory whole() {
        return birth == null
                ? null
                : Memory.born(birth)
                        .withSeen(seen)
                        .withNodes(nodes)
                        .withPools(pools)
                        .withIntents(intents)
                        .withSpendings(spendings)
                        .withLaunchBackOff(launchBackOff)
                        .withRefusals(refusals)
                        .withConditions(conditions)
                        .withHolds(holds)
                        .withReturns(returns)
                        .withCanary(canary)
                        .withLineages(lineages)
                        .withMonth(month)
                        .withVersions(versions)
                        .withStrangers(strangers);
    }
}
