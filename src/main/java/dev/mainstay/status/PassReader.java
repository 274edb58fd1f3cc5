package dev.mainstay.status;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Condition;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Plan;
import dev.mainstay.planning.Standing;
import dev.mainstay.planning.Withheld;
import dev.mainstay.planning.Wording;
import dev.mainstay.status.StatusView.ActionView;
import dev.mainstay.status.StatusView.ClusterView;
import dev.mainstay.status.StatusView.ConditionView;
import dev.mainstay.status.StatusView.CostView;
import dev.mainstay.status.StatusView.GapView;
import dev.mainstay.status.StatusView.WithheldView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns one pass into the view of its cluster. Pure. */
final class PassReader {
    private PassReader() {}

    static ClusterView view(Pass pass) {
        ClusterSpec spec = pass.spec();
        Plan plan = pass.plan();
        Integer serving = serving(pass);
        return new ClusterView(
                spec.name().value(),
                spec.mode().label(),
                spec.region(),
                spec.capacity().desired(),
                serving,
                spec.capacity().min(),
                spec.capacity().onDemandBase(),
                spec.capacity().max(),
                serving == null ? null : onDemand(plan),
                spec.interval().toMillis() / 1000.0,
                NodeReader.nodes(pass),
                actions(pass),
                plan.withheld().stream().map(PassReader::view).toList(),
                plan.conditions().stream().map(PassReader::view).toList(),
                new CostView(plan.cost().usdPerHour(), plan.cost().onDemandUsdPerHour()),
                pass.observation().at().wall(),
                pass.number(),
                pass.observation().gaps().stream().map(PassReader::view).toList());
    }

    /** How many are in service; null before anything was ever seen, when a zero would be an invention. */
    static @Nullable Integer serving(Pass pass) {
        boolean everSeen = pass.observation().sees() || pass.memory().seen() != null;
        return everSeen ? pass.plan().serving() : null;
    }

    /** A cluster that had no pass yet. */
    static ClusterView awaiting(ClusterSpec spec) {
        return new ClusterView(
                spec.name().value(),
                spec.mode().label(),
                spec.region(),
                spec.capacity().desired(),
                null,
                spec.capacity().min(),
                spec.capacity().onDemandBase(),
                spec.capacity().max(),
                null,
                spec.interval().toMillis() / 1000.0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new CostView(null, null),
                null,
                null,
                List.of());
    }

    private static int onDemand(Plan plan) {
        return (int) plan.nodes().stream()
                .filter(Standing::inService)
                .filter(Standing::onDemand)
                .count();
    }

    private static List<ActionView> actions(Pass pass) {
        // Two launches of one pass may be equal, so that each outcome is used once.
        List<Outcome> open = new ArrayList<>(pass.outcomes());
        return pass.plan().actions().stream()
                .map(action -> view(action, take(open, action)))
                .toList();
    }

    private static @Nullable Outcome take(List<Outcome> open, Action action) {
        for (Outcome outcome : open) {
            if (outcome.action().equals(action)) {
                open.remove(outcome);
                return outcome;
            }
        }
        return null;
    }

    private static ActionView view(Action action, @Nullable Outcome outcome) {
        return new ActionView(
                action.kind().label(),
                action.subject().map(NodeId::value).orElse(null),
                Labels.of(action.reason()),
                Wording.of(action),
                outcome == null ? null : Labels.of(outcome.result()),
                outcome == null ? null : detail(outcome.result()));
    }

    private static @Nullable String detail(Outcome.Result result) {
        boolean plain =
                result instanceof Outcome.Result.Done done && done.launched().isEmpty();
        return plain ? null : Wording.of(result);
    }

    private static WithheldView view(Withheld withheld) {
        Action action = withheld.action();
        return new WithheldView(
                action.kind().label(),
                action.subject().map(NodeId::value).orElse(null),
                Labels.of(withheld.reason()),
                Wording.of(withheld),
                withheld.guard().label());
    }

    private static ConditionView view(Condition condition) {
        return new ConditionView(
                condition.name().label(), condition.since(), Labels.of(condition.reason()), Wording.of(condition));
    }

    private static GapView view(Gap gap) {
        return new GapView(gap.source().label(), gap.source().vital(), gap.since(), gap.text());
    }
}
