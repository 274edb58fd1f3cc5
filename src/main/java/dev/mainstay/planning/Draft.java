package dev.mainstay.planning;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A plan in the making: what the rules so far want, and what the guards let pass. Made anew for every plan and used by one
 * thread only, so that planning as a whole stays a function.
 */
public final class Draft {
    /** The guards that look at no action in particular. */
    private static final Set<GuardName> ALL_ALIKE =
            Set.of(GuardName.OBSERVE_MODE, GuardName.PAUSED, GuardName.STALE_OBSERVATION);

    private final Situation situation;
    private final Guarding guarding;
    private final Map<NodeId, Reason> condemned = new LinkedHashMap<>();
    private final Set<NodeId> aside = new HashSet<>();
    private final Map<NodeId, Reason> back = new LinkedHashMap<>();
    private final List<Action> actions = new ArrayList<>();
    private final List<Action> assumed = new ArrayList<>();
    private final Sums sums;
    private final List<Withheld> withheld = new ArrayList<>();
    private final Map<ConditionName, Reason> conditions = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Bill bill;
    private @Nullable RuleName speaking;
    /** Null: somebody was condemned since it was counted last. */
    private @Nullable Headcount headcount;

    /** Judges an action that a rule wants, given what the draft holds already. */
    public interface Guarding {
        /** Whether a node may be given up at all; the action is the termination that it would lead to. */
        Ruling onGivingUp(Action.Terminate termination, Situation situation, Draft draft);

        Ruling onAction(Action action, Situation situation, Draft draft);
    }

    /** What is let through, and what is held back. */
    public record Ruling(List<Action> allowed, List<Withheld> withheld) {}

    Draft(Situation situation, Guarding guarding) {
        this.situation = situation;
        this.guarding = guarding;
        this.sums = new Sums(situation.standings());
        this.bill = new Bill(situation);
    }

    /** This rule speaks from now on. */
    void hear(RuleName rule) {
        speaking = rule;
    }

    /** The rule would do something about the node, but not yet: at that time, if nothing changes until then. */
    public void waits(Standing node, Reason reason, @Nullable Instant eligibleAt) {
        found(node.id(), Finding.Verdict.WAITS, reason, eligibleAt);
    }

    /** The rule looked at the node and does nothing about it. */
    public void leaves(Standing node, Reason reason) {
        found(node.id(), Finding.Verdict.LEAVES, reason, null);
    }

    /** The rule would do something about the cluster as a whole, but not yet. */
    public void waits(Reason reason, @Nullable Instant eligibleAt) {
        found(null, Finding.Verdict.WAITS, reason, eligibleAt);
    }

    private void found(@Nullable NodeId node, Finding.Verdict verdict, Reason reason, @Nullable Instant eligibleAt) {
        findings.add(new Finding(Objects.requireNonNull(speaking), node, verdict, reason, eligibleAt));
    }

    /** Wants a node gone. If the guards agree it is condemned from now on, and no longer counted. */
    public void giveUp(Standing node, Reason reason) {
        found(node.id(), Finding.Verdict.WANTS, reason, null);
        Ruling ruling = guarding.onGivingUp(new Action.Terminate(node.id(), true, reason), situation, this);
        withheld.addAll(ruling.withheld());
        if (!ruling.allowed().isEmpty()) {
            condemned.put(node.id(), reason);
            headcount = null;
        }
    }

    /**
     * Wants an action. It goes into the plan as far as the guards agree.
     *
     * @return whether they agreed to any of it, so that whoever wants one of several can turn to the next; what is held back
     *     only because everything is counts as agreed to
     */
    public boolean want(Action wanted) {
        Action action = GroupActions.of(wanted, situation, this);
        found(action.subject().orElse(null), Finding.Verdict.WANTS, action.reason(), null);
        Ruling ruling = guarding.onAction(action, situation, this);
        int before = assumed.size();
        ruling.allowed().forEach(this::add);
        withheld.addAll(ruling.withheld());
        ruling.allowed().forEach(this::assume);
        ruling.withheld().stream()
                .filter(held -> ALL_ALIKE.contains(held.guard()))
                .map(Withheld::action)
                .forEach(this::assume);
        return assumed.size() > before;
    }

    private void assume(Action action) {
        assumed.add(action);
        sums.add(action);
    }

    /** Two rules may want nodes of the same kind in the same pool; that is one call, which keeps the first one's reason. */
    private void add(Action action) {
        if (action instanceof Action.Launch launch) {
            for (int i = 0; i < actions.size(); i++) {
                if (actions.get(i) instanceof Action.Launch drafted && drafted.sameCallAs(launch)) {
                    actions.set(i, drafted.of(drafted.count() + launch.count()));
                    return;
                }
            }
        }
        actions.add(action);
    }

    /** Says that a condition holds. */
    public void report(ConditionName name, Reason reason) {
        conditions.putIfAbsent(name, reason);
    }

    List<Action> actions() {
        return actions;
    }

    /**
     * What later rules and guards take for done: what is in the plan, and what is held back only because everything is, by
     * the mode or for want of sight. So observe mode shows what would really have been done, and not each wish by itself.
     */
    public List<Action> assumed() {
        return assumed;
    }

    /** What the cluster costs, and what this draft adds to that. */
    public Bill bill() {
        return bill;
    }

    List<Finding> findings() {
        return findings;
    }

    public List<Withheld> withheld() {
        return withheld;
    }

    Map<NodeId, Reason> condemnations() {
        return condemned;
    }

    /** Who serves again after all, and why. */
    Map<NodeId, Reason> putBack() {
        return back;
    }

    Map<ConditionName, Reason> conditions() {
        return conditions;
    }

    /** Does not count a node any more, though it stays: what it should do is missing. */
    public void setAside(Standing node, Reason reason) {
        found(node.id(), Finding.Verdict.WANTS, reason, null);
        aside.add(node.id());
    }

    /** Wants a node that is on its way out to serve again. If the guards agree it counts from now on. */
    public boolean putBack(Action.Register registration) {
        boolean agreed = want(registration);
        if (agreed) {
            back.put(registration.node(), registration.reason());
            headcount = null;
        }
        return agreed;
    }

    /** Whether a guard has kept someone from being given up, or an action from the plan, so far. */
    public boolean heldBack(GuardName guard) {
        return withheld.stream().anyMatch(held -> held.guard() == guard);
    }

    /** How many this draft gives up for such a reason. */
    public int givenUp(Predicate<Reason> forWhat) {
        return (int) condemned.values().stream().filter(forWhat).count();
    }

    /** Whether something else is done to the node in this pass already. */
    public boolean isBusy(Standing node) {
        return sums.concern(node.id());
    }

    /** Condemned in an earlier pass or in this one. */
    public boolean isCondemned(Standing node) {
        return node.condemned() || condemned.containsKey(node.id());
    }

    /** Why it is condemned, in an earlier pass or in this one; empty where it is not. */
    public Optional<Reason> condemnation(Standing node) {
        NodeMemory.Condemnation earlier = node.memory().condemned();
        return earlier == null ? Optional.ofNullable(condemned.get(node.id())) : Optional.of(earlier.reason());
    }

    public boolean isCounted(Standing node) {
        return (node.counted() || back.containsKey(node.id()))
                && !condemned.containsKey(node.id())
                && !aside.contains(node.id());
    }

    /** How many count toward {@code desired}: existing nodes, launches without an answer, and launches of this draft. */
    public int counted() {
        return headcount().all() + situation.foreignInService() + situation.unanswered() + sums.launched();
    }

    /** The same, of on-demand nodes only. */
    public int countedOnDemand() {
        return headcount().onDemand() + situation.census().unansweredOnDemand() + sums.onDemandLaunched();
    }

    /** How many count in a zone. */
    public int countedIn(Zone zone) {
        return headcount().in(zone) + sums.launchedIn(zone);
    }

    private Headcount headcount() {
        if (headcount == null) {
            headcount = Headcount.of(
                    situation.nodes().stream().filter(this::isCounted).toList());
        }
        return headcount;
    }

    /** How many nodes this draft adds. */
    public int newlyLaunched() {
        return sums.launched();
    }

    /** In service once what this draft takes out of rotation is out. */
    public int inServiceAfter() {
        return situation.inService() - sums.inServiceRemoved();
    }

    public int onDemandInServiceAfter() {
        return situation.onDemandInService() - sums.onDemandInServiceRemoved();
    }

    /** How many are missing to the floor that nothing under way will bring: the last thing that a guard may withhold. */
    public int missingToFloor() {
        long failed = condemned.keySet().stream()
                .map(situation.standings()::get)
                .filter(node -> node != null && node.phase() == Phase.COMING)
                .count();
        return situation.spec().capacity().min()
                - (situation.census().staying() - (int) failed)
                - situation.foreignInService()
                - situation.unanswered()
                - sums.launched();
    }

    /** How much of a budget is used, with what this draft will use. */
    public int spent(Budget budget) {
        int elsewhere = budget == Budget.LAUNCH_CREDIT
                ? situation.observation().surroundings().endowedElsewhere().size()
                : 0;
        return situation.memory().spent(budget, situation.now()) + elsewhere + pledged(budget);
    }

    /** How much of a budget this draft will use. */
    public int pledged(Budget budget) {
        return sums.pledged(budget);
    }
}
