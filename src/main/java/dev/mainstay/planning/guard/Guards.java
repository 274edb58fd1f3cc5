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
    /** Asked before a node is given up for its health or its credits. */
    private static final List<Guard> ON_GIVING_UP = List.of(
            // Who cannot see does not judge.
            new StaleObservation(),
            new ProtectedNodes(),
            new YoungNodes(),
            new SharedFateHold(),
            new LaunchCreditLimit());

    /** Asked before an action enters the plan. */
    private static final List<Guard> ON_ACTIONS = List.of(
            // Sight and ownership first: they say that the wish itself may be wrong.
            new StaleObservation(),
            new ProtectedNodes(),
            // Then what must never be undershot or overshot.
            new FloorGuard(),
            new BaseGuard(),
            new MaxNodes(),
            new RoutingHold(),
            // Then what is only a matter of time or money.
            new LaunchBackOffGuard(),
            new HealBudgetAhead(),
            new BudgetGuard(Budget.HEAL, GuardName.HEAL_BUDGET),
            new BudgetGuard(Budget.RETURN, GuardName.RETURN_BUDGET),
            new SpendingCap(),
            // The mode last, so that observe mode shows what would really have been done.
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
