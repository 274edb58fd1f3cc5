package dev.mainstay.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.CreditSample;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Moment;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Notice;
import dev.mainstay.cluster.Observation;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.PriceHistory;
import dev.mainstay.cluster.Role;
import dev.mainstay.cluster.ScheduledEvent;
import dev.mainstay.cluster.StatusCheck;
import dev.mainstay.cluster.Surroundings;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.Zone;
import dev.mainstay.credits.BurstableType;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Control;
import dev.mainstay.planning.Intent;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.NodeMemory;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Plan;
import dev.mainstay.planning.Planner;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.check.PlanChecker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as one draws it on paper: a healthy one to begin with, of which a test changes one thing. It makes
 * observations, and remembers from plan to plan as the daemon does; nothing happens in it by itself. A node's id begins
 * with the letter of its zone: {@code a-1} is in us-east-1a.
 */
public final class Sketch {
    public static final TargetGroup GROUP = new TargetGroup("arn:web");
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private final Planner planner = Planners.underTest();
    private final Map<NodeId, Node> nodes = new LinkedHashMap<>();
    private final Map<NodeId, Map<TargetGroup, TargetHealth>> foreign = new HashMap<>();
    private final Map<Pool, PriceHistory> prices = new HashMap<>();
    private final Set<NodeId> gone = new HashSet<>();
    private final Set<NodeId> disowned = new HashSet<>();
    private final List<Gap> gaps = new ArrayList<>();
    private ClusterSpec spec;
    private InstanceType templateType;
    private Surroundings surroundings = Surroundings.NONE;
    private Instant now = START;
    private Duration uptime = Duration.ofHours(3);
    private Memory memory = Memory.born(START.minus(Duration.ofDays(1)));
    private Duration drainTime = Duration.ofMinutes(1);
    private int intents;

    public Sketch(ClusterSpec spec) {
        this.spec = spec;
    }

    /** Four desired, floor two, base one; one on-demand and three spot nodes, in service since long ago. */
    public static Sketch healthy() {
        Sketch sketch = new Sketch(Specs.micro())
                .onDemand("a-1")
                .spot("a-2")
                .spot("b-1")
                .spot("c-1");
        assertThat(sketch.plan().actions()).isEmpty();
        sketch.wait(Duration.ofMinutes(2));
        return sketch;
    }

    public Sketch with(ClusterSpec changed) {
        spec = changed;
        return this;
    }

    /** The journal was made just now. */
    public Sketch born() {
        memory = Memory.born(now);
        return this;
    }

    public ClusterSpec spec() {
        return spec;
    }

    public Sketch onDemand(String id) {
        return add(id, Market.ON_DEMAND, now.minus(Duration.ofHours(2)));
    }

    public Sketch spot(String id) {
        return add(id, Market.SPOT, now.minus(Duration.ofHours(2)));
    }

    public Sketch add(String id, Market market, Instant launchedAt) {
        Instance instance = new Instance(
                new NodeId(id),
                Specs.T2_MICRO,
                new Zone("us-east-1" + id.charAt(0)),
                market,
                InstanceState.RUNNING,
                null,
                launchedAt,
                market == Market.SPOT ? "sir-" + id : null,
                Map.of(
                        Tags.CLUSTER,
                        spec.name().value(),
                        Tags.ROLE,
                        market == Market.SPOT ? "spot" : Role.BASE.label()));
        nodes.put(
                instance.id(),
                new Node(
                        instance,
                        Map.of(GROUP, TargetHealth.HEALTHY),
                        StatusCheck.OK,
                        null,
                        null,
                        null,
                        List.of(),
                        null));
        return this;
    }

    public Sketch wait(Duration time) {
        now = now.plus(time);
        uptime = uptime.plus(time);
        return this;
    }

    /** The wall clock is set, while time goes on. */
    public Sketch clockSet(Duration by) {
        now = now.plus(by);
        return this;
    }

    public Instant now() {
        return now;
    }

    /** From now on this is remembered of a node. */
    public Sketch remember(String id, UnaryOperator<NodeMemory> change) {
        SortedMap<NodeId, NodeMemory> nodes = new TreeMap<>(memory.nodes());
        nodes.computeIfPresent(new NodeId(id), (key, node) -> change.apply(node));
        memory = memory.withNodes(nodes);
        return this;
    }

    /** What is remembered of a node. */
    public NodeMemory memory(String id) {
        return memory.node(new NodeId(id)).orElseThrow();
    }

    public Memory memory() {
        return memory;
    }

    /** The balancer says this of the node from now on. */
    public Sketch target(String id, TargetHealth.State state, String reason) {
        Node node = node(id);
        return change(node, draft -> draft.targets = Map.of(GROUP, new TargetHealth(state, reason)));
    }

    public Sketch sick(String id) {
        return target(id, TargetHealth.State.UNHEALTHY, "Target.Timeout");
    }

    public Sketch well(String id) {
        return target(id, TargetHealth.State.HEALTHY, null);
    }

    public Sketch deregistered(String id) {
        Node node = node(id);
        return change(node, draft -> draft.targets = Map.of());
    }

    public Sketch impaired(String id) {
        Node node = node(id);
        return change(node, draft -> draft.statusCheck = StatusCheck.IMPAIRED);
    }

    /** EC2's status checks pass, and it announces this; nothing: all is calm. */
    public Sketch announced(String id, ScheduledEvent... events) {
        Node node = node(id);
        return change(node, draft -> {
            draft.statusCheck = StatusCheck.OK;
            draft.events = List.of(events);
        });
    }

    /** EC2's verdict on it. */
    public Sketch checked(String id, StatusCheck verdict) {
        Node node = node(id);
        return change(node, draft -> draft.statusCheck = verdict);
    }

    public Sketch noticed(String id) {
        Node node = node(id);
        return change(node, draft -> draft.notice = Notice.given("instance-terminated-no-capacity", now, now));
    }

    /** CloudWatch's newest sample. */
    public Sketch credits(String id, double balance, double cpuPercent) {
        Node node = node(id);
        CreditReading reading = new CreditReading(now, balance, cpuPercent / 20, cpuPercent, null);
        return change(node, draft -> draft.credits = reading);
    }

    /** An hour of this CPU, and the balance at its end; the newest sample ended some minutes ago, as they do. */
    public Sketch hour(String id, double balance, double... cpuPercents) {
        Instant newest = now.minus(Duration.ofMinutes(7));
        List<CreditSample> samples = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            double cpu = cpuPercents[Math.max(0, cpuPercents.length - 12 + i)];
            samples.add(new CreditSample(
                    newest.minus(CreditSample.PERIOD.multipliedBy(11 - i)), balance, usage(id, cpu), cpu, null));
        }
        CreditSample last = samples.getLast();
        return reading(id, new CreditReading(newest, balance, last.usage(), last.cpuPercent(), null, samples));
    }

    /** The same in unlimited mode. */
    public Sketch unlimitedHour(String id, double balance, double surplus, double cpu) {
        Instant newest = now.minus(Duration.ofMinutes(7));
        List<CreditSample> samples = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            samples.add(new CreditSample(
                    newest.minus(CreditSample.PERIOD.multipliedBy(11 - i)), balance, usage(id, cpu), cpu, surplus));
        }
        return reading(id, new CreditReading(newest, balance, usage(id, cpu), cpu, surplus, samples))
                .mode(id, CreditMode.UNLIMITED);
    }

    private double usage(String id, double cpu) {
        int vcpus = BurstableType.of(node(id).instance().type())
                .map(BurstableType::vcpus)
                .orElse(1);
        return cpu / 100 * vcpus * 5;
    }

    public Sketch reading(String id, CreditReading reading) {
        Node node = node(id);
        return change(node, draft -> draft.credits = reading);
    }

    /** Of the same samples AWS shows the CPU and no credits. */
    public Sketch withoutBalance(String id) {
        CreditReading old = node(id).credits();
        return reading(
                id,
                new CreditReading(
                        old.at(),
                        null,
                        null,
                        old.cpuPercent(),
                        null,
                        old.recent().stream()
                                .map(sample -> new CreditSample(sample.at(), null, null, sample.cpuPercent(), null))
                                .toList()));
    }

    /** It was launched then. */
    public Sketch launchedAt(String id, Instant at) {
        Node node = node(id);
        Instance old = node.instance();
        Instance instance = new Instance(
                old.id(), old.type(), old.zone(), old.market(), old.state(), null, at, old.spotRequest(), old.tags());
        return change(node, draft -> draft.instance = instance);
    }

    /** Its credit mode, as EC2 tells it. */
    public Sketch mode(String id, @Nullable CreditMode mode) {
        Node node = node(id);
        return change(node, draft -> draft.creditMode = mode);
    }

    /** It is of that type, and always was. */
    public Sketch typed(String id, String type) {
        Node node = node(id);
        Instance old = node.instance();
        Instance instance = new Instance(
                old.id(),
                new InstanceType(type),
                old.zone(),
                old.market(),
                old.state(),
                null,
                old.launchedAt(),
                old.spotRequest(),
                old.tags());
        return change(node, draft -> draft.instance = instance);
    }

    /** Our other clusters of the account and region launched so many nodes with launch credits just now. */
    public Sketch endowedElsewhere(int launches) {
        surroundings = surroundings.beside(Collections.nCopies(launches, now));
        return this;
    }

    /** CloudWatch has no sample of it any more. */
    public Sketch withoutSamples(String id) {
        Node node = node(id);
        return change(node, draft -> draft.credits = null);
    }

    /** AWS carried the launch out: a node of this id runs, and has yet to become healthy. */
    public Sketch launched(Action.Launch launch, String id) {
        IntentId intent = new IntentId("intent-" + ++intents);
        memory = memory.intending(new Intent(intent, launch, now, null));
        add(id, launch.market(), now).tag(id, Tags.INTENT, intent.value());
        target(id, TargetHealth.State.INITIAL, "Elb.InitialHealthChecking");
        return outcome(launch, intent, new Outcome.Result.Done(List.of(node(id).instance())));
    }

    /** An on-demand node of that launch is to be seen; it has only begun. */
    public Sketch launchedBy(IntentId intent, String id) {
        add(id, Market.ON_DEMAND, now);
        Node node = node(id);
        Instance old = node.instance();
        Map<String, String> tags = new HashMap<>(old.tags());
        tags.put(Tags.INTENT, intent.value());
        Instance instance = new Instance(
                old.id(), old.type(), old.zone(), old.market(), InstanceState.PENDING, null, now, null, tags);
        return put(new Node(instance, Map.of(), StatusCheck.UNKNOWN, null, null, null, List.of(), null));
    }

    public Sketch state(String id, InstanceState state) {
        Node node = node(id);
        boolean registered = state == InstanceState.RUNNING;
        return change(node, draft -> {
            draft.instance = node.instance().withState(state);
            draft.targets = registered ? node.targets() : Map.of();
        });
    }

    /** AWS took the spot node away without a word. */
    public Sketch taken(String id) {
        return ended(id, "Server.SpotInstanceTermination");
    }

    /** The node has ended, for this reason of EC2's. */
    public Sketch ended(String id, String reason) {
        state(id, InstanceState.TERMINATED);
        Node node = node(id);
        Instance old = node.instance();
        Instance ended = new Instance(
                old.id(),
                old.type(),
                old.zone(),
                old.market(),
                old.state(),
                reason,
                old.launchedAt(),
                old.spotRequest(),
                old.tags());
        return change(node, draft -> draft.instance = ended);
    }

    /** The node's instance as EC2 shows it now. */
    public Instance instance(String id) {
        return node(id).instance();
    }

    /** EC2 no longer lists it and, asked by id, does not know it. */
    public Sketch vanished(String id) {
        nodes.remove(new NodeId(id));
        gone.add(new NodeId(id));
        return this;
    }

    /** Someone has taken our tag off the node; EC2 shows it by its id alone. */
    public void disown(String id) {
        nodes.remove(new NodeId(id));
        disowned.add(new NodeId(id));
    }

    /** EC2 does not list it, and was not asked or says that it exists. */
    public Sketch unlisted(String id) {
        nodes.remove(new NodeId(id));
        return this;
    }

    /** A spot node whose launch is in the journal. */
    public Sketch launchedByUs(String id) {
        spot(id).intent(id, "an-earlier-intent");
        Action.Launch launch = new Action.Launch(
                null,
                Market.SPOT,
                node(id).instance().pool(),
                Role.SPOT,
                1,
                null,
                null,
                null,
                null,
                false,
                false,
                new Reason.CapacityMissing(3, 4));
        memory = memory.intending(new Intent(new IntentId("an-earlier-intent"), launch, now, null));
        return this;
    }

    /** The node carries the tag of this launch. */
    public Sketch intent(String id, String intent) {
        return tag(id, Tags.INTENT, intent);
    }

    /** A spot node that is launched now, and carries our tag; this journal knows nothing of its launch. */
    public Sketch launchedByAnother(String id) {
        return add(id, Market.SPOT, now).intent(id, "an-intent-of-another");
    }

    /** Someone has taken the tag of its launch off the node. */
    public Sketch withoutIntent(String id) {
        Node node = node(id);
        add(id, node.instance().market(), node.instance().launchedAt());
        return this;
    }

    /** EC2 lists it again. */
    public Sketch listedAgain(String id) {
        disowned.remove(new NodeId(id));
        gone.remove(new NodeId(id));
        return this;
    }

    /** We run on this instance. */
    public Sketch runsOn(String id) {
        surroundings = new Surroundings(new NodeId(id), surroundings.pause());
        return this;
    }

    /** The file PAUSE is there, or no longer. */
    public Sketch pauseFile(Surroundings.PauseFile file) {
        surroundings = new Surroundings(surroundings.self(), file);
        return this;
    }

    /** Someone says this. */
    public Sketch told(Control control) {
        memory = memory.after(control, now);
        return this;
    }

    public Sketch protectedByTag(String id, String value) {
        return tag(id, Tags.PROTECTED, value);
    }

    public Sketch protectedByTag(String id) {
        return tag(id, Tags.PROTECTED, "true");
    }

    private Sketch tag(String id, String key, String value) {
        Node node = node(id);
        Instance old = node.instance();
        Map<String, String> tags = new HashMap<>(old.tags());
        tags.put(key, value);
        Instance instance = new Instance(
                old.id(),
                old.type(),
                old.zone(),
                old.market(),
                old.state(),
                null,
                old.launchedAt(),
                old.spotRequest(),
                tags);
        return change(node, draft -> draft.instance = instance);
    }

    public Sketch stranger(String id) {
        return stranger(id, TargetHealth.HEALTHY);
    }

    public Sketch stranger(String id, TargetHealth health) {
        foreign.put(new NodeId(id), Map.of(GROUP, health));
        return this;
    }

    public Sketch price(String zone, PriceHistory.Change... changes) {
        prices.put(
                new Pool(Specs.T2_MICRO, new Zone("us-east-1" + zone)),
                PriceHistory.of(List.of(changes)).orElseThrow());
        return this;
    }

    /** The target group's deregistration delay. */
    public Sketch drainTime(Duration changed) {
        drainTime = changed;
        return this;
    }

    /** The launch template names this type. */
    public Sketch template(InstanceType type) {
        templateType = type;
        return this;
    }

    public Sketch blind(Gap.Source source) {
        gaps.add(new Gap(source, now, "no answer"));
        return this;
    }

    public Sketch seeing() {
        gaps.clear();
        return this;
    }

    /** A new process with the same journal. */
    public Sketch restarted() {
        uptime = Duration.ofSeconds(5);
        Memory.Seen seen = memory.seen();
        memory = memory.withSeen(seen == null ? null : new Memory.Seen(seen.wall(), null));
        return this;
    }

    /** One pass: its plan, which has passed the checker. What the plan decides is remembered; nothing is carried out. */
    public Plan plan() {
        Observation observation = observation();
        memory = memory.after(spec, observation);
        Plan plan = planner.plan(spec, observation, memory, observation.at());
        assertThat(PlanChecker.breaches(spec, observation, memory, plan)).isEmpty();
        memory = memory.after(plan);
        return plan;
    }

    /** What the checker would say of these actions in this pass, whoever wanted them. */
    public List<String> breaches(Action... actions) {
        Observation observation = observation();
        Memory known = memory.after(spec, observation);
        Plan plan = new Plan(
                spec.name(),
                now,
                List.of(),
                Map.of(),
                List.of(actions),
                List.of(),
                List.of(),
                List.of(),
                new Plan.Cost(null, null));
        return PlanChecker.breaches(spec, observation, known, plan);
    }

    private Observation observation() {
        Moment moment = new Moment(now, uptime);
        return new Observation(
                Planting.active()
                        .map(planted -> planted.clock(() -> moment).get())
                        .orElse(moment),
                gaps.stream().anyMatch(gap -> gap.source() == Gap.Source.INSTANCES)
                        ? List.of()
                        : List.copyOf(nodes.values()),
                gone,
                disowned,
                foreign,
                Map.of(GROUP, drainTime),
                templateType,
                prices,
                gaps,
                surroundings);
    }

    /** Passes at the spec's interval for so long; the plan of the last one. */
    public Plan planFor(Duration time) {
        Plan plan = plan();
        for (Instant end = now.plus(time); now.isBefore(end); ) {
            wait(spec.interval());
            plan = plan();
        }
        return plan;
    }

    /** AWS did this action. */
    public Sketch done(Action action, Instance... launched) {
        List<Pool> refused = action instanceof Action.Launch launch && launched.length < launch.count()
                ? List.of(launch.pool())
                : List.of();
        return outcome(action, new Outcome.Result.Done(List.of(launched), refused));
    }

    public Sketch outcome(Action action, Outcome.Result result) {
        IntentId id = action instanceof Action.Launch launch && launch.resend() != null
                ? launch.resend()
                : new IntentId("intent-" + ++intents);
        if (!memory.intents().containsKey(id)) {
            memory = memory.intending(new Intent(id, action, now, null));
        }
        return outcome(action, id, result);
    }

    private Sketch outcome(Action action, IntentId id, Outcome.Result result) {
        memory = memory.after(new Outcome(action, id, now, result));
        return this;
    }

    private Node node(String id) {
        return nodes.get(new NodeId(id));
    }

    /** AWS announced to do this with the instance. */
    public Sketch event(String id, ScheduledEvent event) {
        Node node = node(id);
        return change(node, draft -> draft.events = List.of(event));
    }

    /** EC2 recommends to replace it. */
    public Sketch rebalance(String id) {
        Node node = node(id);
        return change(node, draft -> draft.rebalanceAt = now);
    }

    private Sketch change(Node node, Consumer<NodeDraft> change) {
        NodeDraft draft = new NodeDraft(node);
        change.accept(draft);
        return put(draft.node());
    }

    private Sketch put(Node node) {
        nodes.put(node.id(), node);
        return this;
    }
}
