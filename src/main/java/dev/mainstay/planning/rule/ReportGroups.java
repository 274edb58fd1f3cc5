package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Group;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GroupMatter;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import java.util.List;
import java.util.Set;

/** Who else acts on the nodes of the cluster's Auto Scaling groups, and what someone forbade the groups to do. */
final class ReportGroups implements Rule {
    /** Without one of these a group does not keep its size. Others, such as alarms, are no matter of ours. */
    private static final Set<String> NEEDED = Set.of("Launch", "Terminate", "HealthCheck", "ReplaceUnhealthy");

    @Override
    public RuleName name() {
        return RuleName.REPORT_GROUPS;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        for (Group group : situation.observation().groups().values()) {
            if (!group.rivals().isEmpty()) {
                draft.report(
                        ConditionName.RIVAL_HEALER,
                        new Reason.OfGroup(group.name(), new GroupMatter.Rivals(group.rivals())));
            }
            List<String> suspended =
                    group.suspended().stream().filter(NEEDED::contains).toList();
            if (!suspended.isEmpty()) {
                draft.report(
                        ConditionName.GROUP_SUSPENDED,
                        new Reason.OfGroup(group.name(), new GroupMatter.Suspended(suspended)));
            }
        }
    }
}
