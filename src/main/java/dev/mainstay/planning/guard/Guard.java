package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A rule that withholds actions. Keeps no state. */
interface Guard {
    GuardName name();

    Verdict judge(Action action, Situation situation, Draft draft);

    /** What a guard says of an action. */
    sealed interface Verdict {
        /** No objection. */
        record Pass() implements Verdict {}

        /** Not at all. */
        record Withhold(Reason reason, @Nullable Instant until) implements Verdict {
            public Withhold(Reason reason) {
                this(reason, null);
            }
        }

        /** A launch of no more than so many, at least one. */
        record AtMost(int count, Reason reason, @Nullable Instant until) implements Verdict {}

        Verdict PASS = new Pass();

        static Verdict withholdIf(boolean objection, Reason reason) {
            return objection ? new Withhold(reason) : PASS;
        }

        /** The same, of an objection that time will lift. */
        static Verdict withholdUntil(Instant until, boolean objection, Reason reason) {
            return objection ? new Withhold(reason, until) : PASS;
        }

        /** Lets a launch of {@code wanted} pass as far as there is room. */
        static Verdict room(int room, int wanted, Reason reason) {
            return room(room, wanted, reason, null);
        }

        static Verdict room(int room, int wanted, Reason reason, @Nullable Instant until) {
            if (room >= wanted) {
                return PASS;
            }
            return room <= 0 ? new Withhold(reason, until) : new AtMost(room, reason, until);
        }
    }
}
