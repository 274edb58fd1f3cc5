package dev.mainstay.status;

import dev.mainstay.cluster.ClusterName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that Mainstay did, tried or held back.
 *
 * @param at when it last happened
 * @param deed what, and to whom
 * @param why the reason, as a sentence
 * @param detail what was launched, why it failed, or what the guard said; null if there is nothing to say
 * @param guard the guard that held it back; null if none did
 * @param times how often in a row it came out like this
 */
public record Decision(
        ClusterName cluster,
        Instant at,
        Verdict verdict,
        String deed,
        String why,
        @Nullable String detail,
        @Nullable String guard,
        int times) {

    /** What became of it. */
    public enum Verdict {
        DONE,
        FAILED,
        DROPPED,
        WITHHELD
    }

    Decision again(Decision newer) {
        return new Decision(
                cluster, newer.at, verdict, newer.deed, newer.why, newer.detail, guard, times + newer.times);
    }
}
