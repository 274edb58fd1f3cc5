package dev.mainstay.reconcile;

import dev.mainstay.cloud.Cloud;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Moment;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Observation;
import dev.mainstay.cluster.Surroundings;
import dev.mainstay.credits.BurstableType;
import dev.mainstay.execution.Executor;
import dev.mainstay.inventory.Inventory;
import dev.mainstay.journal.Journal;
import dev.mainstay.journal.JournalException;
import dev.mainstay.planning.Condition;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Control;
import dev.mainstay.planning.Doubts;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Plan;
import dev.mainstay.planning.Planner;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.check.PlanChecker;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One cluster's passes: observe, remember, plan, check, act. Used by its loop only, so not thread-safe. */
public final class Reconciler {
    private final ClusterSpec spec;
    private final Inventory inventory;
    private final Planner planner;
    private final Executor executor;
    private final Journal journal;
    private final LaunchCreditTally tally;
    private final Supplier<Moment> clock;
    private final Queue<Control> controls = new ConcurrentLinkedQueue<>();
    private @Nullable Memory memory;
    private @Nullable Gap refusedConfig;
    private @Nullable Condition notDurable;
    private long passes;

    Reconciler(
            ClusterSpec spec,
            Inventory inventory,
            Planner planner,
            Executor executor,
            Journal journal,
            LaunchCreditTally tally,
            Supplier<Moment> clock) {
        this.spec = spec;
        this.inventory = inventory;
        this.planner = planner;
        this.executor = executor;
        this.journal = journal;
        this.tally = tally;
        this.clock = clock;
    }

    /** The reconciler of a cluster that is alone in its account and region. */
    public static Reconciler of(
            ClusterSpec spec,
            Cloud cloud,
            Journal journal,
            Planner planner,
            Supplier<Moment> clock,
            Supplier<IntentId> ids) {
        return of(spec, cloud, journal, planner, clock, ids, () -> Surroundings.NONE, new LaunchCreditTally());
    }

    /**
     * The same, with something around it to look at.
     *
     * @param tally shared by all clusters
     */
    public static Reconciler of(
            ClusterSpec spec,
            Cloud cloud,
            Journal journal,
            Planner planner,
            Supplier<Moment> clock,
            Supplier<IntentId> ids,
            Supplier<Surroundings> surroundings,
            LaunchCreditTally tally) {
        Predicate<Instance> burstable =
                instance -> BurstableType.of(instance.type()).isPresent();
        Predicate<Instance> throttled = instance -> instance.type().equals(BurstableType.T1);
        return new Reconciler(
                spec,
                new Inventory(spec, cloud, burstable, throttled, clock, surroundings),
                planner,
                new Executor(spec, cloud, journal, clock, ids),
                journal,
                tally,
                clock);
    }

    /**
     * One pass. Where memory cannot be made durable nothing (more) is done, the pass says so, and the next one begins with
     * what the journal has.
     *
     * @throws dev.mainstay.journal.JournalException if the journal cannot be read
     */
    public Pass reconcileOnce() {
        Memory before = memory == null ? journal.load(spec.name(), clock.get().wall()) : memory;
        Observation observation = observe(before);
        List<Control> said = List.copyOf(controls);
        Memory observed = told(said, before).after(spec, observation);
        Plan plan = checked(planner.plan(spec, observation, observed, observation.at()), observation, observed);
        if (notDurable != null) {
            // Remembered too: so there is something to store, and it is seen whether that is possible again.
            plan = plan.with(notDurable);
        }
        Memory decided = observed.after(plan);
        try {
            store(before, decided);
        } catch (JournalException e) {
            plan = plan.refused(notDurable(e));
            return new Pass(++passes, spec, observation, observed.after(plan), plan, List.of());
        }
        notDurable = null;
        said.forEach(controls::remove); // not before they are durable: a failed pass hears them again
        Executor.Executed executed = executor.execute(plan, decided);
        memory = executed.memory();
        if (executed.failure() != null) {
            plan = plan.with(notDurable(executed.failure()));
        }
        tally.note(spec, executed.memory());
        return new Pass(++passes, spec, observation, executed.memory(), plan, executed.outcomes());
    }

    /** After a failed write the journal is the truth, and the passes say why until one can write again. */
    private Condition notDurable(JournalException failure) {
        forget();
        Instant since = notDurable == null ? clock.get().wall() : notDurable.since();
        notDurable = new Condition(
                ConditionName.CANNOT_REMEMBER,
                since,
                new Reason.NotDurable(since, String.valueOf(failure.getMessage())));
        return notDurable;
    }

    /** The next pass begins with this. Thread-safe, unlike the rest. */
    void tell(Control control) {
        controls.add(control);
    }

    private Memory told(List<Control> said, Memory before) {
        Memory told = before;
        for (Control control : said) {
            told = told.after(control, clock.get().wall());
        }
        return told;
    }

    /** Goes on where another reconciler of the same cluster stopped, which is used no more. */
    void succeed(Reconciler before) {
        memory = before.memory;
        notDurable = before.notDurable;
        controls.addAll(before.controls);
        passes = before.passes;
    }

    /** The config has changed and could not be used; null: it is in order. */
    void note(@Nullable Gap refused) {
        refusedConfig = refused;
    }

    /** After a failed pass the journal is the truth: the next one begins with what is stored there. */
    public void forget() {
        memory = null;
    }

    /** The same without the last step: what a pass would do now. Remembers and writes nothing. */
    public Pass preview() {
        Memory before = journal.load(spec.name(), clock.get().wall());
        Observation observation = observe(before);
        Memory observed = before.after(spec, observation);
        Plan plan = checked(planner.plan(spec, observation, observed, observation.at()), observation, observed);
        return new Pass(passes, spec, observation, observed, plan, List.of());
    }

    private Observation observe(Memory before) {
        Observation observation = Doubts.about(spec, before, inventory.observe(alive(before)));
        Observation shared =
                observation.beside(tally.elsewhere(spec, observation.at().wall()));
        return refusedConfig == null ? shared : shared.with(refusedConfig);
    }

    private Plan checked(Plan plan, Observation observation, Memory observed) {
        List<String> breaches = PlanChecker.breaches(spec, observation, observed, plan);
        return breaches.isEmpty()
                ? plan
                : plan.refused(new Condition(
                        ConditionName.PLAN_REFUSED,
                        observed.conditions().getOrDefault(ConditionName.PLAN_REFUSED, plan.at()),
                        new Reason.InvariantBroken(breaches)));
    }

    private void store(Memory before, Memory after) {
        journal.store(spec.name(), before, after);
        memory = after;
    }

    private static Set<NodeId> alive(Memory memory) {
        return memory.nodes().values().stream()
                .filter(node -> !node.lost())
                .map(node -> node.instance().id())
                .collect(Collectors.toUnmodifiableSet());
    }
}
