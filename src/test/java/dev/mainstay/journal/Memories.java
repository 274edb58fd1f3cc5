package dev.mainstay.journal;

import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Moment;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.Canary;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.CreditMemory;
import dev.mainstay.planning.HealthMemory;
import dev.mainstay.planning.Holds;
import dev.mainstay.planning.Intent;
import dev.mainstay.planning.Lineage;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.Memory.Seen;
import dev.mainstay.planning.MonthToDate;
import dev.mainstay.planning.NodeMemory;
import dev.mainstay.planning.PoolMemory;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Refusal;
import dev.mainstay.planning.Returns;
import dev.mainstay.planning.Strangers;
import dev.mainstay.planning.TemplateVersions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Memories to store, and small changes of them. */
public final class Memories {
    public static final Instant BIRTH = Instant.parse("2026-03-01T08:00:00Z");

    private Memories() {}

    /** Something of everything. */
    public static Memory rich(Memory.Seen seen) {
        Specimens make = Specimens.full();
        return new Memory(
                BIRTH,
                seen,
                twoOf(make, NodeId.class, NodeMemory.class),
                twoOf(make, Pool.class, PoolMemory.class),
                twoOf(make, IntentId.class, Intent.class),
                List.of(make.make(Memory.Spending.class), make.make(Memory.Spending.class)),
                make.make(Memory.LaunchBackOff.class),
                twoOf(make, ActionKind.class, Refusal.class),
                twoOf(make, ConditionName.class, Instant.class),
                make.make(Holds.class),
                make.make(Returns.class),
                make.make(Canary.class),
                twoOf(make, String.class, Lineage.class),
                make.make(MonthToDate.class),
                make.make(TemplateVersions.class),
                make.make(Strangers.class));
    }

    /** Nothing in it that may be left out. */
    public static Memory bare() {
        Specimens make = Specimens.bare();
        return new Memory(
                BIRTH,
                null,
                twoOf(make, NodeId.class, NodeMemory.class),
                twoOf(make, Pool.class, PoolMemory.class),
                twoOf(make, IntentId.class, Intent.class),
                List.of(),
                null,
                new TreeMap<>(),
                new TreeMap<>(),
                Holds.NONE,
                Returns.NONE,
                null,
                new TreeMap<>(),
                null,
                TemplateVersions.NONE,
                Strangers.NONE);
    }

    /** A run of memories, each a few changes away from the one before. */
    public static List<Memory> history(int length, long seed) {
        Random random = new Random(seed);
        Specimens make = Specimens.full();
        List<Memory> history = new ArrayList<>();
        Memory memory = Memory.born(BIRTH);
        for (int pass = 1; pass <= length; pass++) {
            memory = with(memory, seenAfter(Duration.ofSeconds(30L * pass)));
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                memory = changed(memory, make, random);
            }
            history.add(memory);
        }
        return history;
    }

    private static Memory changed(Memory memory, Specimens make, Random random) {
        return new Memory(
                memory.birth(),
                memory.seen(),
                changed(memory.nodes(), make, random, NodeId.class, NodeMemory.class),
                changed(memory.pools(), make, random, Pool.class, PoolMemory.class),
                changed(memory.intents(), make, random, IntentId.class, Intent.class),
                random.nextInt(4) == 0 ? List.of(make.make(Memory.Spending.class)) : memory.spendings(),
                random.nextInt(4) == 0 ? make.make(Memory.LaunchBackOff.class) : null,
                changed(memory.refusals(), make, random, ActionKind.class, Refusal.class),
                changed(memory.conditions(), make, random, ConditionName.class, Instant.class),
                random.nextInt(4) == 0 ? make.make(Holds.class) : memory.holds(),
                random.nextInt(4) == 0 ? make.make(Returns.class) : memory.returns(),
                random.nextInt(4) == 0 ? make.make(Canary.class) : null,
                changed(memory.lineages(), make, random, String.class, Lineage.class),
                random.nextInt(4) == 0 ? make.make(MonthToDate.class) : null,
                random.nextInt(4) == 0 ? make.make(TemplateVersions.class) : memory.versions(),
                random.nextInt(4) == 0 ? make.make(Strangers.class) : memory.strangers());
    }

    private static <K, V> SortedMap<K, V> changed(
            SortedMap<K, V> map, Specimens make, Random random, Class<K> key, Class<V> value) {
        SortedMap<K, V> changed = new TreeMap<>(map);
        switch (random.nextInt(4)) {
            case 0 -> changed.put(make.make(key), make.make(value));
            case 1 -> changed.replaceAll((at, old) -> random.nextBoolean() ? make.make(value) : old);
            case 2 -> changed.keySet().removeIf(at -> random.nextInt(3) == 0);
            default -> {}
        }
        return changed;
    }

    public static Memory with(Memory memory, @Nullable Seen seen) {
        return memory.withSeen(seen);
    }

    public static Memory with(Memory memory, Intent intent) {
        SortedMap<IntentId, Intent> intents = new TreeMap<>(memory.intents());
        intents.put(intent.id(), intent);
        return memory.withIntents(intents);
    }

    /** A node on which no destructive timer runs. */
    public static NodeMemory calmNode() {
        return NodeMemory.of(Specimens.full().make(Instance.class), BIRTH);
    }

    public static NodeMemory condemnedNode(Reason reason) {
        NodeMemory calm = calmNode();
        return new NodeMemory(
                calm.instance(),
                calm.firstSeen(),
                calm.health(),
                calm.registered(),
                null,
                null,
                null,
                new NodeMemory.Condemnation(reason, BIRTH),
                null,
                null,
                null,
                CreditMemory.NONE,
                null,
                null,
                null);
    }

    public static NodeMemory sickNode() {
        NodeMemory calm = calmNode();
        return new NodeMemory(
                calm.instance(),
                calm.firstSeen(),
                new HealthMemory(null, null, BIRTH, 1, null, List.of()),
                calm.registered(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                CreditMemory.NONE,
                null,
                null,
                null);
    }

    public static Memory with(Memory memory, NodeMemory node) {
        SortedMap<NodeId, NodeMemory> nodes = new TreeMap<>(memory.nodes());
        nodes.put(node.instance().id(), node);
        return memory.withNodes(nodes);
    }

    public static Seen seenAfter(Duration sinceBirth) {
        return Seen.at(new Moment(BIRTH.plus(sinceBirth), sinceBirth));
    }

    private static <K, V> SortedMap<K, V> twoOf(Specimens make, Class<K> key, Class<V> value) {
        SortedMap<K, V> map = new TreeMap<>();
        map.put(make.make(key), make.make(value));
        map.put(make.make(key), make.make(value));
        return map;
    }
}
