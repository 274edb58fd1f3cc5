package dev.mainstay.inventory;

import dev.mainstay.cloud.CloudException;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The readings of one pass: takes those that are due, and collects what could not be read. */
final class Readings {
    private final Moment now;
    private final List<Gap> gaps = new ArrayList<>();

    Readings(Moment now) {
        this.now = now;
    }

    /** The reading, taken now if it is due; its empty value, and a gap, if it fails. */
    <T> T take(SlowReading<T> reading, Object about, Supplier<T> call) {
        if (reading.due(about, now)) {
            try {
                reading.read(call.get(), about, now);
            } catch (CloudException e) {
                reading.failed(message(e), about, now);
            }
        }
        Gap gap = reading.gap();
        if (gap != null) {
            gaps.add(gap);
        }
        return reading.value();
    }

    /** A list that is read once, and empty, with a gap, if that fails. */
    <T> List<T> once(Gap.Source source, Supplier<List<T>> call) {
        try {
            return call.get();
        } catch (CloudException e) {
            gaps.add(new Gap(source, now.wall(), message(e)));
            return List.of();
        }
    }

    /** Something that was read and is not believed. */
    void add(Gap gap) {
        gaps.add(gap);
    }

    boolean complete(Gap.Source source) {
        return gaps.stream().noneMatch(gap -> gap.source() == source);
    }

    List<Gap> gaps() {
        return gaps;
    }

    private static String message(CloudException e) {
        return e.getMessage() == null ? e.kind().label() : e.getMessage();
    }
}
