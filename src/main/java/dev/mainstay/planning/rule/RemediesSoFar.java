package dev.mainstay.planning.rule;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the draft's actions mean for the remedy of the next node. Each action and each node is looked at once, since a whole
 * cluster may be exhausted at once.
 */
final class RemediesSoFar {
    private final Situation situation;
    private final Draft draft;
    private final ToDoubleFunction<Standing> surplusUsdPerHour;
    private final Set<NodeId> gone = new HashSet<>();
    private int heard;
    private double unlimitedUsdPerHour;
    private @Nullable NodeId resting;
    private int serving;
    private int ofUnknownLoad;
    private double cpuPercent;

    RemediesSoFar(Situation situation, Draft draft, ToDoubleFunction<Standing> surplusUsdPerHour) {
        this.situation = situation;
        this.draft = draft;
        this.surplusUsdPerHour = surplusUsdPerHour;
        for (Standing node : situation.nodes()) {
            if (resting == null && node.phase() == Phase.RESTING) {
                resting = node.id();
            }
            carries(node, 1);
        }
    }

    /** What the switches to unlimited mode that are drafted may cost, in USD per hour. */
    double unlimitedUsdPerHour() {
        hear();
        return unlimitedUsdPerHour;
    }

    /** Who rests, or is sent to rest in this pass. */
    Optional<NodeId> resting() {
        hear();
        return Optional.ofNullable(resting);
    }

    /** What the others in service would be at if they carried this node's load too, in percent; empty where one is unknown. */
    OptionalDouble loadOfOthers(Standing node, double load) {
        hear();
        boolean one = node.inService() && !gone.contains(node.id());
        Double own = one ? load(node) : Double.valueOf(0);
        int others = serving - (one ? 1 : 0);
        int unknown = ofUnknownLoad - (own == null ? 1 : 0);
        return unknown > 0 || others == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((cpuPercent - (own == null ? 0 : own) + load) / others);
    }

    private void hear() {
        List<Action> assumed = draft.assumed();
        for (; heard < assumed.size(); heard++) {
            hear(assumed.get(heard));
        }
    }

    private void hear(Action action) {
        Standing subject = action.subject().map(situation.standings()::get).orElse(null);
        if (subject == null) {
            return;
        }
        if (action instanceof Action.SetCreditMode change && change.mode() == CreditMode.UNLIMITED) {
            unlimitedUsdPerHour += surplusUsdPerHour.applyAsDouble(subject);
        }
        if (action.reason() instanceof Reason.Remedied remedied
                && remedied.remedy() == Remedy.REST
                && resting == null) {
            resting = subject.id();
        }
        if (action.kind().destructive() && gone.add(subject.id())) {
            carries(subject, -1);
        }
    }

    /** Counts a node in service in, or out again. */
    private void carries(Standing node, int times) {
        if (!node.inService()) {
            return;
        }
        Double load = load(node);
        serving += times;
        ofUnknownLoad += load == null ? times : 0;
        cpuPercent += load == null ? 0 : times * load;
    }

    private @Nullable Double load(Standing node) {
        CreditReading reading = node.sight().map(Node::credits).orElse(null);
        return reading == null || reading.stale(situation.now()) ? null : reading.cpuPercent();
    }
}
