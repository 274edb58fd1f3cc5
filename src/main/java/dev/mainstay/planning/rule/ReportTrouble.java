package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Gap;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.Canary;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Strangers;
import dev.mainstay.planning.TemplateVersions;
import java.util.Objects;

/** Says what keeps us from seeing, from acting, and from trusting what is seen. */
final class ReportTrouble implements Rule {
    @Override
    public RuleName name() {
        return RuleName.REPORT_TROUBLE;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        for (Gap gap : situation.observation().gaps()) {
            draft.report(condition(gap.source()), new Reason.NotSeen(gap.source(), gap.since(), gap.text()));
        }
        Strangers.Rival rival = situation.memory().strangers().rival();
        if (rival != null) {
            draft.report(ConditionName.ANOTHER_SUPERVISOR, new Reason.AnotherSupervisor(rival.nodes(), rival.since()));
        }
        Canary canary = situation.memory().canary();
        if (canary != null) {
            situation.sharedFate().ifPresent(fate -> sharedFate(canary, fate.reason(), draft));
        }
        TemplateVersions versions = situation.memory().versions();
        versions.fallback(situation.spec().launch(), situation.now())
                .ifPresent(worked -> draft.report(
                        ConditionName.TEMPLATE_BAD,
                        new Reason.TemplateBad(
                                Objects.requireNonNullElse(versions.failed(), ""), worked, versions.failures())));
        Memory.LaunchBackOff backOff = situation.memory().launchBackOff();
        if (backOff != null) {
            draft.report(ConditionName.LAUNCH_BACKOFF, new Reason.LaunchesFail(backOff.failures(), backOff.retryAt()));
        }
        situation.memory().refusals().forEach((kind, refusal) -> {
            Reason.Refused refused = refusal.reason();
            switch (refused.kind()) {
                case QUOTA, DENIED, PERMANENT, UNSUPPORTED, NOT_FOUND ->
                    draft.report(
                            kind == ActionKind.LAUNCH ? ConditionName.LAUNCH_REFUSED : ConditionName.CANNOT_ACT,
                            refused);
                // The market's answers and passing faults are told where they are remembered, or simply tried again.
                case CAPACITY, PRICE, THROTTLE, UNREACHABLE, TOKEN_SPENT, UNKNOWN_OUTCOME -> {}
            }
        });
    }

    /** One sick node among several that are only being replaced is held back like others, but no alarm by itself. */
    private static void sharedFate(Canary canary, Reason.TooManySick reason, Draft draft) {
        boolean over = canary.stage() instanceof Canary.Stage.Over;
        if (!over && (reason.sick() > 1 || canary.intent() != null)) {
            draft.report(ConditionName.SHARED_FATE, reason);
        }
        if (canary.stage() instanceof Canary.Stage.Failed(var since, var retryAt)) {
            draft.report(ConditionName.CANARY_SICK, new Reason.CanarySick(canary.tries(), since, retryAt));
        }
    }

    private static ConditionName condition(Gap.Source source) {
        if (source == Gap.Source.CONFIG) {
            return ConditionName.CONFIG_REFUSED;
        }
        return source.vital() ? ConditionName.CANNOT_SEE : ConditionName.PARTIAL_SIGHT;
    }
}
