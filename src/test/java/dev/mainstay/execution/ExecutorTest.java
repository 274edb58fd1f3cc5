package dev.mainstay.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cloud.Cloud;
import dev.mainstay.cloud.CreditMetrics;
import dev.mainstay.cloud.Instances;
import dev.mainstay.cloud.Launcher;
import dev.mainstay.cloud.ScalingGroups;
import dev.mainstay.cloud.SpotMarket;
import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.InstanceStatus;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Moment;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.Zone;
import dev.mainstay.journal.Journal;
import dev.mainstay.journal.sqlite.SqliteJournal;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Plan;
import dev.mainstay.planning.Reason;
import dev.mainstay.testing.SpecDraft;
import dev.mainstay.testing.Specs;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is looked at once more between the plan and the call. */
class ExecutorTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final Map<String, String> OURS = Map.of(Tags.CLUSTER, "blog");

    private final TreeMap<NodeId, Instance> ec2 = new TreeMap<>();
    private final List<NodeId> terminated = new ArrayList<>();

    @Test
    void terminatesOnlyOneOfTenThatAreQueuedWhereTheBudgetIsOne() {
        List<Action> queued = IntStream.range(0, 10)
                .<Action>mapToObj(i -> new Action.Terminate(node("i-" + i, OURS), true, new Reason.NotRegistered()))
                .toList();

        List<Outcome> outcomes = execute(SpecDraft.micro().healsPerHour(1).build(), queued);

        assertThat(terminated).containsExactly(new NodeId("i-0"));
        assertThat(outcomes.subList(1, 10))
                .extracting(Outcome::result)
                .allMatch(result -> result instanceof Outcome.Result.Dropped dropped
                        && dropped.why().contains("1 of 1 uses of the heal budget"));
    }

    @Test
    void letsADeadNodeGoWhateverTheBudget() {
        Action dead = new Action.Terminate(node("i-1", OURS), false, new Reason.Ended("stopped", null));

        execute(SpecDraft.micro().healsPerHour(0).disruptions(0, 0).build(), List.of(dead));

        assertThat(terminated).hasSize(1);
    }

    @Test
    void leavesANodeThatWasProtectedSinceThePlan() {
        Action terminate = terminate(Map.of(Tags.CLUSTER, "blog", Tags.PROTECTED, "true"));

        assertThat(execute(SpecDraft.micro().build(), List.of(terminate)))
                .extracting(Outcome::result)
                .containsExactly(new Outcome.Result.Dropped("it is now protected by the tag mainstay:protected"));
        assertThat(terminated).isEmpty();
    }

    @Test
    void takesANodeWhoseProtectionIsOver() {
        execute(
                SpecDraft.micro().build(),
                List.of(terminate(Map.of(Tags.CLUSTER, "blog", Tags.PROTECTED, "until=2026-03-02T07:59:59Z"))));

        assertThat(terminated).hasSize(1);
    }

    @Test
    void leavesANodeThatIsNoLongerOurs() {
        assertThat(execute(SpecDraft.micro().build(), List.of(terminate(Map.of(Tags.CLUSTER, "shop")))))
                .extracting(Outcome::result)
                .containsExactly(new Outcome.Result.Dropped("it no longer carries the tag mainstay:cluster=blog"));
        assertThat(terminated).isEmpty();
    }

    private Action terminate(Map<String, String> tags) {
        return new Action.Terminate(node("i-1", tags), true, new Reason.NotRegistered());
    }

    private NodeId node(String id, Map<String, String> tags) {
        NodeId node = new NodeId(id);
        ec2.put(
                node,
                new Instance(
                        node,
                        Specs.T2_MICRO,
                        new Zone("us-east-1a"),
                        Market.ON_DEMAND,
                        InstanceState.RUNNING,
                        null,
                        NOW.minus(Duration.ofDays(1)),
                        null,
                        tags));
        return node;
    }

    private List<Outcome> execute(ClusterSpec spec, List<Action> actions) {
        Plan plan = new Plan(
                spec.name(),
                NOW,
                List.of(),
                Map.of(),
                actions,
                List.of(),
                List.of(),
                List.of(),
                new Plan.Cost(null, null));
        Memory memory = Memory.born(NOW.minus(Duration.ofDays(1)));
        int[] made = {0};
        try (Journal journal = SqliteJournal.inMemory()) {
            Memory loaded = journal.load(spec.name(), memory.birth());
            return new Executor(
                            spec,
                            cloud(),
                            journal,
                            () -> new Moment(NOW, Duration.ofHours(1)),
                            () -> new IntentId("intent-" + ++made[0]))
                    .execute(plan, loaded)
                    .outcomes();
        }
    }

    /** An EC2 that knows these instances, and notes whom it was told to terminate. */
    private Cloud cloud() {
        Instances instances = new Instances() {
            @Override
            public List<Instance> byId(Set<NodeId> ids) {
                return ids.stream().map(ec2::get).toList();
            }

            @Override
            public void terminate(NodeId id) {
                terminated.add(id);
            }

            @Override
            public List<Instance> of(ClusterName cluster) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Map<NodeId, InstanceStatus> statuses(Set<NodeId> ids) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Map<NodeId, CreditMode> creditModes(Set<NodeId> ids) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void setCreditMode(NodeId id, CreditMode mode) {
                throw new UnsupportedOperationException();
            }
        };
        return new Cloud(
                instances,
                unused(Launcher.class),
                List.of(),
                unused(CreditMetrics.class),
                unused(SpotMarket.class),
                unused(ScalingGroups.class));
    }

    private static <T> T unused(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                }));
    }
}
