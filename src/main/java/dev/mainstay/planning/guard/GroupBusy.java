package dev.mainstay.planning.guard;

import dev.mainstay.cluster.Group;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GroupMatter;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.util.List;
import java.util.Optional;

/**
 * While an Auto Scaling group acts itself nothing of its nodes is taken away; nor where someone has told it not to launch
 * what would replace them, or not to end anything.
 */
final class GroupBusy implements Guard {
    @Override
    public GuardName name() {
        return GuardName.GROUP_BUSY;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        if (!(action instanceof Action.Terminate || action instanceof Action.EnterStandby)) {
            return Verdict.PASS;
        }
        Standing node = action.subject().map(situation.standings()::get).orElse(null);
        Group group = situation
                .spec()
                .groups()
                .flatMap(groups -> Optional.ofNullable(node)
                        .map(known -> situation.observation().groups().get(groups.of(known.market()))))
                .orElse(null);
        if (group == null) {
            return Verdict.PASS;
        }
        if (!group.acts().isEmpty()) {
            return new Verdict.Withhold(new Reason.OfGroup(
                    group.name(), new GroupMatter.Acts(group.acts().getFirst())));
        }
        boolean replaced = action instanceof Action.Terminate terminate && terminate.shrinks() == null
                || action instanceof Action.EnterStandby standby && !standby.shrinks();
        List<String> missing = group.suspended().stream()
                .filter(process -> process.equals("Terminate") || replaced && process.equals("Launch"))
                .toList();
        return Verdict.withholdIf(
                !missing.isEmpty(), new Reason.OfGroup(group.name(), new GroupMatter.Suspended(missing)));
    }
}
