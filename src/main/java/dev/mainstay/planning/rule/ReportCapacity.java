package dev.mainstay.planning.rule;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Gap;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;

/** Says where the cluster is not what was asked for; nothing before the first whole sight, since nobody knows then. */
final class ReportCapacity implements Rule {
    @Override
    public RuleName name() {
        return RuleName.REPORT_CAPACITY;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        if (situation.memory().seen() == null) {
            return;
        }
        ClusterSpec.Capacity capacity = situation.spec().capacity();
        int inService = situation.inService();
        int onDemand = situation.onDemandInService();
        if (inService < capacity.desired()) {
            draft.report(ConditionName.BELOW_DESIRED, new Reason.ShortOf(inService, capacity.desired()));
        }
        if (inService < capacity.min()) {
            draft.report(ConditionName.BELOW_FLOOR, new Reason.BelowFloor(inService, capacity.min()));
        }
        if (onDemand < capacity.onDemandBase()) {
            draft.report(ConditionName.BASE_MISSING, new Reason.BaseMissing(onDemand, capacity.onDemandBase()));
        }
        boolean readable = situation.observation().gap(Gap.Source.TARGET_HEALTH).isEmpty();
        int registered = (int) situation.nodes().stream()
                .filter(node -> node.seen() != null && !node.seen().targets().isEmpty())
                .count();
        boolean served = situation.nodes().stream()
                .anyMatch(node -> node.memory().health().firstHealthy() != null);
        situation.unused().ifPresent(reason -> draft.report(ConditionName.NOT_ROUTING, reason));
        if (readable && registered > 0 && served && inService == 0) {
            draft.report(ConditionName.NOT_ROUTING, new Reason.NotRouting(registered));
        }
    }
}
