package dev.mainstay.planning.guard;

import dev.mainstay.cluster.Gap;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Without the vital reads nothing is destroyed or changed. Launches go on, counting the nodes last believed; after ten
 * minutes of doubt only up to the floor. And a first sight of no nodes at all, while someone is registered at the load
 * balancer, is believed only after a while: the tags may be late, or the config may name the wrong cluster.
 */
final class StaleObservation implements Guard {
    private static final Duration DOUBT = Duration.ofMinutes(10);
    private static final Duration FIRST_DOUBT = Duration.ofMinutes(2);

    @Override
    public GuardName name() {
        return GuardName.STALE_OBSERVATION;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        Optional<Gap> gap = situation.observation().gaps().stream()
                .filter(one -> one.source().vital())
                .findFirst();
        if (gap.isPresent()) {
            return whileBlind(action, gap.get(), situation, draft);
        }
        boolean stranger = action.kind() == ActionKind.LAUNCH
                && situation.memory().nodes().isEmpty()
                && !situation.observation().foreign().isEmpty()
                && situation.memory().birth().plus(FIRST_DOUBT).isAfter(situation.now());
        return Verdict.withholdUntil(
                situation.memory().birth().plus(FIRST_DOUBT),
                stranger,
                new Reason.NotSeen(
                        Gap.Source.INSTANCES,
                        situation.memory().birth(),
                        "the load balancer has targets, and none of them carries the cluster's tag"));
    }

    private static Verdict whileBlind(Action action, Gap gap, Situation situation, Draft draft) {
        Reason reason = new Reason.NotSeen(gap.source(), gap.since(), gap.text());
        Memory.Seen seen = situation.memory().seen();
        return switch (action) {
            case Action.Launch launch when seen == null -> Verdict.withholdIf(launch.resend() == null, reason);
            case Action.Launch launch -> {
                Instant doubted = seen.wall().plus(DOUBT);
                yield doubted.isAfter(situation.now()) || launch.resend() != null
                        ? Verdict.PASS
                        : Verdict.room(draft.missingToFloor(), launch.count(), reason);
            }
            case Action.SetGroupSize _ -> Verdict.withholdIf(draft.missingToFloor() <= 0, reason);
            // What a hook holds goes in any case, and the later the sooner it is out of our hands.
            case Action.CompleteHook _ -> Verdict.PASS;
            case Action.Register _,
                    Action.Deregister _,
                    Action.Terminate _,
                    Action.SetCreditMode _,
                    Action.EnterStandby _,
                    Action.ExitStandby _ -> new Verdict.Withhold(reason);
        };
    }
}
