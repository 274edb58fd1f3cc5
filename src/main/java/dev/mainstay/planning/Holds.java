package dev.mainstay.planning;

import dev.mainstay.cluster.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is held back: what people asked for, each with an end, since forgotten holds must not last for ever; and what guards
 * withhold, and since when.
 *
 * @param pause nothing at all is written
 * @param deploy no node is given up for its health and nothing follows the market while a deploy runs
 * @param waiting what guards have withheld in every pass since then
 */
public record Holds(@Nullable Hold pause, @Nullable Hold deploy, List<Waiting> waiting) {
    public static final Holds NONE = new Holds(null, null, List.of());

    /** A deploy that takes longer is an outage, in which health matters again. */
    public static final Duration LONGEST_DEPLOY = Duration.ofHours(4);

    public Holds {
        waiting = List.copyOf(waiting);
    }

    /** One hold: who asked for it, why, and until when. */
    public record Hold(Instant since, Instant until, String who, String why) {
        boolean holds(Instant now) {
            return until.isAfter(now);
        }
    }

    /**
     * An action of this kind that the guard withholds.
     *
     * @param node null for a launch
     */
    public record Waiting(
            GuardName guard, ActionKind kind, @Nullable NodeId node, Instant since) {
        private Waiting begun(Instant earlier) {
            return new Waiting(guard, kind, node, earlier);
        }
    }

    Holds after(Control control, Instant at) {
        return switch (control) {
            case Control.Pause(var until, var who, var why) ->
                new Holds(new Hold(at, until, who, why), deploy, waiting);
            case Control.Resume _ -> new Holds(null, deploy, waiting);
            case Control.DeployHold(var length, var who, var why) -> {
                Duration bounded = length.compareTo(LONGEST_DEPLOY) > 0 ? LONGEST_DEPLOY : length;
                yield new Holds(pause, new Hold(at, at.plus(bounded), who, why), waiting);
            }
            case Control.Retry _ -> this;
            case Control.EndDeployHold _ -> new Holds(pause, null, waiting);
        };
    }

    /** What is over is forgotten. */
    Holds at(Instant now) {
        boolean paused = pause == null || pause.holds(now);
        boolean deploying = deploy == null || deploy.holds(now);
        return paused && deploying ? this : new Holds(paused ? pause : null, deploying ? deploy : null, waiting);
    }

    /** What is withheld now, since when it has been in every plan. The modes withhold for as long as they are set. */
    Holds after(Plan plan) {
        Map<Waiting, Instant> earlier = new HashMap<>();
        waiting.forEach(one -> earlier.put(one.begun(Instant.EPOCH), one.since()));
        Set<Waiting> now = new LinkedHashSet<>();
        for (Withheld withheld : plan.withheld()) {
            Waiting one = new Waiting(
                    withheld.guard(),
                    withheld.action().kind(),
                    withheld.action().subject().orElse(null),
                    Instant.EPOCH);
            if (withheld.guard() != GuardName.OBSERVE_MODE) {
                now.add(one.begun(earlier.getOrDefault(one, plan.at())));
            }
        }
        List<Waiting> listed = List.copyOf(now);
        return listed.equals(waiting) ? this : new Holds(pause, deploy, listed);
    }
}
