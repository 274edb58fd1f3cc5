package dev.mainstay.testing;

import dev.mainstay.cloud.Cloud;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Moment;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Observation;
import dev.mainstay.journal.Journal;
import dev.mainstay.planning.Delusion;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.NodeMemory;
import dev.mainstay.planning.Returns;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.guard.Guards;
import dev.mainstay.planning.rule.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A mistake that is made on purpose, in the daemon that tests test, where {@code -Dmainstay.planting=<name>} says so. Each
 * leaves out what some safeguard is there for; a test must notice. None of them is possible in the product.
 */
public enum Planting {
    NO_FLOOR("the floor is taken for zero", Delusion.spec(spec -> capacity(spec, "min", 0))),
    NO_BASE("the base is taken for zero", Delusion.spec(spec -> capacity(spec, "onDemandBase", 0))),
    NO_MAXIMUM("there is no maximum", Delusion.spec(spec -> capacity(spec, "max", 1000))),
    ENDED_NODES_COUNT("terminated nodes count", Delusion.memory(Planting::resurrected)),
    STARTING_NODES_DO_NOT_COUNT(
            "launches without an answer do not count", Delusion.memory(memory -> memory.withIntents(new TreeMap<>()))),
    GAPS_ARE_IGNORED(
            "what could not be read is taken for read",
            Delusion.observation(observation -> Altered.with(observation, "gaps", List.of()))),
    SICK_AT_ONCE(
            "a sick node is given up at once",
            RuleName.GIVE_UP_SICK_NODES,
            Delusion.spec(spec -> health(health(spec, "unhealthyAfter"), "startupGrace"))),
    KILL_BEFORE_MAKE(
            "a condemned node goes before its replacement serves",
            RuleName.DRAIN_CONDEMNED_NODES,
            Delusion.spec(spec -> capacity(spec, "desired", 0))),
    DRAINS_END_AT_ONCE(
            "a drained node is terminated at once",
            Delusion.observation(observation -> Altered.with(observation, "drainTimes", noDrainTimes(observation)))),
    ONE_TOO_FEW(
            "surplus is what is there beyond one fewer than desired",
            RuleName.RELEASE_SURPLUS,
            Delusion.spec(spec -> capacity(spec, "desired", spec.capacity().desired() - 1))),
    POOLS_NEVER_CLOSE(
            "refusals and losses in a pool are forgotten",
            Delusion.memory(memory -> memory.withPools(new TreeMap<>()))),
    NO_DWELL("a switch that was lost again is forgotten", Delusion.memory(memory -> memory.withReturns(Returns.NONE))),
    NOTICES_ARE_IGNORED("interruption notices are not heeded", Delusion.memory(memory -> nodes(memory, "notice"))),
    NO_SPOT_EVER("spot is never asked for", Delusion.spec(spec -> Altered.with(spec, "spot", Optional.empty()))),
    NO_STAND_INS(
            "on-demand is never asked for in place of spot",
            RuleName.FILL_CAPACITY,
            Delusion.spec(spec -> capacity(spec, "onDemandTypes", List.of(new InstanceType("x1.none"))))),
    PRICES_ARE_IGNORED(
            "spot prices are not looked at",
            Delusion.observation(observation -> Altered.with(observation, "prices", Map.of()))),
    NO_BACK_OFF("launches that fail are forgotten", Delusion.memory(memory -> memory.withLaunchBackOff(null))),
    NO_CANARY("the canary is forgotten", Delusion.memory(memory -> memory.withCanary(null))),
    NO_LINEAGES("futile remedies are forgotten", Delusion.memory(memory -> memory.withLineages(new TreeMap<>()))),
    NO_SAMPLE_IS_ZERO("a node without samples has no credits", Delusion.observation(Planting::withoutCredits)),
    BUDGETS_FORGOTTEN(
            "what was used of budgets is forgotten", Delusion.memory(memory -> memory.withSpendings(List.of()))),
    ANOTHER_TOKEN("each launch call has a token of its own") {
        @Override
        Cloud cloud(Cloud cloud) {
            return Mistaken.tokens(cloud);
        }
    },
    FAILED_READ_IS_EMPTY("a list of instances that could not be read is an empty one") {
        @Override
        Cloud cloud(Cloud cloud) {
            return Mistaken.emptyWhereFailed(cloud);
        }
    },
    FIRST_PAGE_ONLY("of a list of instances only the first page is read") {
        @Override
        Cloud cloud(Cloud cloud) {
            return Mistaken.firstPage(cloud);
        }
    },
    UNLISTED_IS_GONE("what is not listed is gone") {
        @Override
        Cloud cloud(Cloud cloud) {
            return Mistaken.nothingById(cloud);
        }
    },
    ERRORS_ALIKE("every refusal is taken for a passing fault") {
        @Override
        Cloud cloud(Cloud cloud) {
            return Mistaken.passingFaults(cloud);
        }
    },
    WALL_CLOCK("durations are measured by the wall clock") {
        @Override
        Supplier<Moment> clock(Supplier<Moment> clock) {
            return () -> {
                Instant wall = clock.get().wall();
                return new Moment(wall, Duration.between(Instant.EPOCH, wall));
            };
        }
    },
    INTENTS_AFTERWARDS("an intent is stored after its call") {
        @Override
        Journal journal(Journal journal) {
            return Mistaken.lateIntents(journal);
        }
    },
    BUDGETS_NOT_STORED("a restart refills the budgets") {
        @Override
        Journal journal(Journal journal) {
            return Mistaken.refilled(journal);
        }
    },
    NOTHING_STORED("a restart begins with nothing") {
        @Override
        Journal journal(Journal journal) {
            return Mistaken.amnesiac(journal);
        }
    };

    static final String PROPERTY = "mainstay.planting";

    private final String mistake;
    private final @Nullable RuleName deluded;

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final @Nullable Delusion delusion;

    Planting(String mistake) {
        this(mistake, null, null);
    }

    Planting(String mistake, Delusion delusion) {
        this(mistake, null, delusion);
    }

    Planting(String mistake, @Nullable RuleName deluded, @Nullable Delusion delusion) {
        this.mistake = mistake;
        this.deluded = deluded;
        this.delusion = delusion;
    }

    /** The mistake that is being made; commonly none. */
    static Optional<Planting> active() {
        String name = System.getProperty(PROPERTY, "");
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    public String mistake() {
        return mistake;
    }

    List<Rule> rules(List<Rule> rules, Guards guards) {
        if (delusion == null) {
            return rules;
        }
        return deluded == null ? delusion.in(rules, guards) : delusion.in(deluded, rules);
    }

    Cloud cloud(Cloud cloud) {
        return cloud;
    }

    Supplier<Moment> clock(Supplier<Moment> clock) {
        return clock;
    }

    Journal journal(Journal journal) {
        return journal;
    }

    private static ClusterSpec capacity(ClusterSpec spec, String component, Object value) {
        return Altered.with(spec, "capacity", Altered.with(spec.capacity(), component, value));
    }

    private static ClusterSpec health(ClusterSpec spec, String component) {
        return Altered.with(spec, "health", Altered.with(spec.health(), component, Duration.ZERO));
    }

    private static Memory nodes(Memory memory, String forgotten) {
        return nodes(memory, node -> Altered.with(node, forgotten, null));
    }

    private static Memory nodes(Memory memory, UnaryOperator<NodeMemory> change) {
        SortedMap<NodeId, NodeMemory> nodes = new TreeMap<>(memory.nodes());
        nodes.replaceAll((_, node) -> change.apply(node));
        return memory.withNodes(nodes);
    }

    private static Memory resurrected(Memory memory) {
        return nodes(memory, node -> {
            Instance instance = node.instance();
            return instance.state().ending()
                    ? Altered.with(
                            Altered.with(node, "lostAt", null), "instance", instance.withState(InstanceState.RUNNING))
                    : node;
        });
    }

    private static Map<Object, Duration> noDrainTimes(Observation observation) {
        return observation.drainTimes().keySet().stream()
                .collect(Collectors.toMap(group -> group, _ -> Duration.ofSeconds(-30)));
    }

    private static Observation withoutCredits(Observation observation) {
        return Altered.with(
                observation,
                "nodes",
                observation.nodes().stream()
                        .map(node -> node.credits() == null ? exhausted(node, observation) : node)
                        .toList());
    }

    private static Node exhausted(Node node, Observation observation) {
        return Altered.with(node, "credits", new CreditReading(observation.at().wall(), 0.0, 0.5, 10.0, null));
    }
}
