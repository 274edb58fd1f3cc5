package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Group;
import dev.mainstay.cluster.GroupName;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GroupMatter;
import dev.mainstay.planning.GroupSizes;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;

/**
 * An Auto Scaling group that is smaller than wanted is made larger, within its own limits; what then is missing it launches
 * by itself. It is made smaller only together with a node that goes.
 */
final class SizeGroups implements Rule {
    @Override
    public RuleName name() {
        return RuleName.SIZE_GROUPS;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        GroupSizes.of(situation, draft)
                .ifPresent(sizes -> situation
                        .spec()
                        .groups()
                        .orElseThrow()
                        .names()
                        .forEach(name -> size(name, sizes.wanted(name), situation, draft)));
    }

    private static void size(GroupName name, int wanted, Situation situation, Draft draft) {
        Group group = situation.observation().groups().get(name);
        if (group == null) {
            return;
        }
        int size = Math.clamp(wanted, group.min(), group.max());
        if (wanted > group.max()) {
            draft.report(
                    ConditionName.GROUP_LIMITS,
                    new Reason.OfGroup(name, new GroupMatter.Limits(wanted, group.min(), group.max())));
        }
        if (size > group.desired()) {
            draft.want(new Action.SetGroupSize(
                    name, size, new Reason.OfGroup(name, new GroupMatter.Sized(group.desired(), wanted))));
        }
    }
}
