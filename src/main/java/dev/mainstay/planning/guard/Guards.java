package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Budget;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Withheld;
import java.util.ArrayList;
import java.util.List;

/** Every guard, in the order in which they are asked. The first objection is the one that is told. */
public final class Guards implements Draft.Guarding {
    /** Asked before a node is given up, so that nothing is launched for one that then has to stay. */
    private static final List<Guard> ON_GIVING_UP = List.of(
            // Who cannot see does not judge.
            new StaleObservation(),
            // Nor who is not alone.
            new AnotherSupervisor(),
            // Whose it is not ours to judge: whatever is wrong with it, these stay.
            new OurOwnInstance(),
            new ProtectedNodes(),
            new HeldBySomeone(),
            // What is seen of it may mean nothing: its start, a deploy, something that all of them share.
            new YoungNodes(),
            new DeployHold(),
            new SharedFateHold(),
            // It is as it seems, and its turn has not come. The window before the budget: it tells the later time.
            new LaunchCreditLimit(),
            new MaintenanceWindowGuard(),
            new DisruptionBudget(),
            // In observe mode nodes are given up, so that the plan shows what follows; in quarantine only the sick.
            new QuarantineOfTheSickOnly());

    /** Asked before an action enters the plan. */
    private static final List<Guard> ON_ACTIONS = List.of(
            // Sight and ownership first: they say that the wish itself may be wrong.
            new StaleObservation(),
            new AnotherSupervisor(),
            new OurOwnInstance(),
            new ProtectedNodes(),
            // Who acts already is let act.
            new GroupBusy(),
            // What they all share is not mended by taking one of them away.
            new SharedFateHold(),
            new HeldBySomeone(),
            // Then what must never be undershot or overshot.
            new FloorGuard(),
            new BaseGuard(),
            new MaxNodes(),
            new RoutingHold(),
            // Then what is only a matter of time: first what has nothing to do with how often,
            new DeployHold(),
            new MaintenanceWindowGuard(),
            new LaunchBackOffGuard(),
            // then the load that the others would have to carry,
            new Overload(),
            // then how often. Ahead of the drain, since a node that may not be terminated then would stand by, paid
            // for.
            new HealBudgetAhead(),
            new BudgetGuard(Budget.HEAL, GuardName.HEAL_BUDGET),
            new BudgetGuard(Budget.RETURN, GuardName.RETURN_BUDGET),
            new DisruptionBudget(),
            // One zone after the other: a mistake must not be made everywhere at once.
            new OneZone(),
            // Money after time: what waits anyway has no price yet.
            new SpendingCap(),
            // Last what holds everything, so that the plan shows what would really have been done.
            new Paused(),
            new ModeGuard());

    private final List<Guard> onGivingUp;
    private final List<Guard> onActions;

    public Guards() {
        this(ON_GIVING_UP, ON_ACTIONS);
    }

    Guards(List<Guard> onGivingUp, List<Guard> onActions) {
        this.onGivingUp = List.copyOf(onGivingUp);
        this.onActions = List.copyOf(onActions);
    }

    /** The same without the guards of this name. */
    public Guards without(GuardName name) {
        return new Guards(without(onGivingUp, name), without(onActions, name));
    }

    private static List<Guard> without(List<Guard> guards, GuardName name) {
        return guards.stream().filter(guard -> guard.name() != name).toList();
    }

    @Override
    public Draft.Ruling onGivingUp(Action.Terminate termination, Situation situation, Draft draft) {
        return rule(onGivingUp, termination, situation, draft);
    }

    @Override
    public Draft.Ruling onAction(Action action, Situation situation, Draft draft) {
        return rule(onActions, action, situation, draft);
    }

    private static Draft.Ruling rule(List<Guard> guards, Action wanted, Situation situation, Draft draft) {
        List<Withheld> withheld = new ArrayList<>();
        Action action = wanted;
        for (Guard guard : guards) {
            switch (guard.judge(action, situation, draft)) {
                case Guard.Verdict.Pass _ -> {}
                case Guard.Verdict.Withhold(var reason, var until) -> {
                    withheld.add(new Withheld(action, guard.name(), reason, until));
                    return new Draft.Ruling(List.of(), withheld);
                }
                case Guard.Verdict.AtMost(int count, var reason, var until) -> {
                    Action.Launch launch = (Action.Launch) action;
                    withheld.add(new Withheld(launch.of(launch.count() - count), guard.name(), reason, until));
                    action = launch.of(count);
                }
            }
        }
        return new Draft.Ruling(List.of(action), withheld);
    }
}
