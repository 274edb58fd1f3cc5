package dev.mainstay.planning;

import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a shared fate is gone about. A single extra node, the canary, tells whether new nodes get well where the old ones are
 * sick: then it is the nodes, and they are healed a few at a time; if it gets sick too, nobody is given up.
 *
 * @param since when too many were found sick
 * @param tries how many canaries were launched in this shared fate
 * @param intent the launch of the last canary, by which it is known; null before the first
 * @param zone the zone in which everyone is sick while the others are well; null where it is not one zone's fate
 */
public record Canary(
        Instant since,
        int tries,
        @Nullable IntentId intent,
        @Nullable Zone zone,
        Stage stage) {

    /**
     * From a canary that was sick to the next; the last holds for all further ones. Long enough that a cause which mends by
     * itself has gone, short enough that really broken nodes are found within the hour.
     */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofMinutes(60));

    /** Healing takes one node, then two, then this many at a time. */
    private static final int MOST_AT_ONCE = 4;

    /** Where it stands. */
    public sealed interface Stage {
        /** Too many are sick. A canary is launched once one of them has been sick for long. */
        record Watching() implements Stage {}

        /** The canary was asked for then, and has neither got well nor failed yet. */
        record Tried(Instant since) implements Stage {}

        /** The canary got sick too. */
        record Failed(Instant since, Instant retryAt) implements Stage {}

        /**
         * The canary got well, so the sick are given up after all.
         *
         * @param since when this step began
         * @param atOnce how many this step may give up
         * @param begun whether they were given up already
         */
        record Healing(Instant since, int atOnce, boolean begun) implements Stage {}

        /** The sick are well again or gone; only a sick canary is left to be taken away. */
        record Over() implements Stage {}
    }

    /** The clock was set back to this: nothing has begun later, and no pause lasts longer than it may. */
    Canary notAfter(Instant now) {
        Stage brought = switch (stage) {
            case Stage.Tried(Instant at) -> new Stage.Tried(earlier(at, now));
            case Stage.Failed(Instant at, Instant retryAt) ->
                new Stage.Failed(earlier(at, now), earlier(retryAt, now.plus(PAUSES.getLast())));
            case Stage.Healing(Instant at, int atOnce, boolean begun) ->
                new Stage.Healing(earlier(at, now), atOnce, begun);
            case Stage.Watching _, Stage.Over _ -> stage;
        };
        return new Canary(earlier(since, now), tries, intent, zone, brought);
    }

    private static Instant earlier(Instant then, Instant latest) {
        return then.isAfter(latest) ? latest : then;
    }

    static Canary suspected(Instant now) {
        return new Canary(now, 0, null, null, new Stage.Watching());
    }

    /** Whether nobody may be given up for his health now. */
    public boolean holds() {
        return switch (stage) {
            case Stage.Watching _, Stage.Tried _, Stage.Failed _ -> true;
            case Stage.Healing _, Stage.Over _ -> false;
        };
    }

    /** Whether it is kept from ending others, as one that is itself under trial. */
    public boolean is(NodeMemory node) {
        return intent != null && node.instance().intent().filter(intent::equals).isPresent();
    }

    Canary launched(IntentId by, Instant now) {
        return new Canary(since, tries + 1, by, zone, new Stage.Tried(now));
    }

    /** The canary itself was lost, or never came to be: that says nothing, and another is sent. */
    Canary lost() {
        return new Canary(since, Math.max(0, tries - 1), null, zone, new Stage.Watching());
    }

    Canary failed(Instant now) {
        Duration pause = PAUSES.get(Math.clamp(tries - 1, 0, PAUSES.size() - 1));
        return at(new Stage.Failed(now, now.plus(pause)));
    }

    Canary well(Instant now) {
        return at(new Stage.Healing(now, 1, false));
    }

    /** The nodes of this step were given up. */
    Canary begun() {
        return stage instanceof Stage.Healing(var began, int atOnce, var _)
                ? at(new Stage.Healing(began, atOnce, true))
                : this;
    }

    Canary nextStep(Instant now, Stage.Healing last) {
        return at(new Stage.Healing(now, Math.min(MOST_AT_ONCE, 2 * last.atOnce()), false));
    }

    Canary at(Stage next) {
        return new Canary(since, tries, intent, zone, next);
    }

    Canary in(@Nullable Zone sick) {
        return new Canary(since, tries, intent, sick, stage);
    }
}
