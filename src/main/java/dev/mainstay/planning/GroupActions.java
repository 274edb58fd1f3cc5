package dev.mainstay.planning;

import dev.mainstay.cluster.Groups;
import dev.mainstay.cluster.Mode;
import dev.mainstay.cluster.Remedy;

/**
 * What rules want, as it is done where Auto Scaling groups own the nodes: an end tells whether the group is smaller after
 * it, and who only leaves the rotation for a while goes on standby, or the group would take it for ill.
 */
final class GroupActions {
    private GroupActions() {}

    static Action of(Action wanted, Situation situation, Draft draft) {
        Groups groups = situation.spec().groups().orElse(null);
        Standing node = wanted.subject().map(situation.standings()::get).orElse(null);
        GroupSizes sizes = GroupSizes.of(situation, draft).orElse(null);
        if (groups == null || node == null || sizes == null) {
            return wanted;
        }
        return switch (wanted) {
            case Action.Terminate(var id, boolean heals, var _, var reason) ->
                new Action.Terminate(id, heals, sizes.shrunkBy(node).orElse(null), reason);
            case Action.Deregister(var id, var _, var reason)
            when rests(reason) -> new Action.EnterStandby(id, groups.of(node.market()), true, reason);
            case Action.Deregister(var id, var _, var reason)
            when situation.spec().mode() == Mode.QUARANTINE ->
                new Action.EnterStandby(id, groups.of(node.market()), false, reason);
            case Action.Register(var id, var _, var reason)
            when node.phase() == Phase.RESTING -> new Action.ExitStandby(id, groups.of(node.market()), reason);
            case Action.Launch _,
                    Action.Register _,
                    Action.Deregister _,
                    Action.SetCreditMode _,
                    Action.EnterStandby _,
                    Action.ExitStandby _,
                    Action.SetGroupSize _,
                    Action.CompleteHook _ -> wanted;
        };
    }

    private static boolean rests(Reason reason) {
        return reason instanceof Reason.Remedied remedied && remedied.remedy() == Remedy.REST;
    }
}
