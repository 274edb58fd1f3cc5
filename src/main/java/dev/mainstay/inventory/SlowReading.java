package dev.mainstay.inventory;

import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Moment;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One kind of reading: how often it is worth taking, and what it last gave. */
final class SlowReading<T> {
    /** What failed may work again soon, and a gap that outlives its cause for an hour is a false alarm. */
    private static final Duration FAILED_AGAIN_AFTER = Duration.ofMinutes(1);

    final Gap.Source source;
    final Duration every;
    private final T nothing;
    private T value;
    private @Nullable Object subject;
    private @Nullable Moment triedAt;
    private @Nullable Instant readAt;
    private @Nullable Gap gap;

    SlowReading(Gap.Source source, Duration every, T nothing) {
        this.source = source;
        this.every = every;
        this.nothing = nothing;
        this.value = nothing;
    }

    /** Due again after its time, at once when it is about something else than before, and soon when it failed. */
    boolean due(Object about, Moment now) {
        Duration pause = gap != null && every.compareTo(FAILED_AGAIN_AFTER) > 0 ? FAILED_AGAIN_AFTER : every;
        return triedAt == null || !about.equals(subject) || now.since(triedAt).compareTo(pause) >= 0;
    }

    void read(T fresh, Object about, Moment now) {
        value = fresh;
        subject = about;
        triedAt = now;
        readAt = now.wall();
        gap = null;
    }

    void failed(String text, Object about, Moment now) {
        value = nothing;
        subject = about;
        triedAt = now;
        gap = new Gap(source, gap != null ? gap.since() : readAt != null ? readAt : now.wall(), text);
    }

    T value() {
        return value;
    }

    @Nullable
    Gap gap() {
        return gap;
    }
}
