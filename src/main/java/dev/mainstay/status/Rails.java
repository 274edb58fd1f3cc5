package dev.mainstay.status;

import dev.mainstay.status.PageModel.Rail;
import dev.mainstay.status.PageModel.Slot;
import dev.mainstay.status.StatusView.ClusterView;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Draws how many nodes serve: a row of slots, filled from the left. */
final class Rails {
    /** Room for a row of slots; a few slots share it in comfort. */
    private static final int ROOM = 240;

    private static final int GAP = 4;
    private static final int WIDEST = 34;
    /** More slots than this are too thin to be told apart. */
    private static final int MOST = 40;

    private Rails() {}

    static @Nullable Rail of(ClusterView cluster) {
        Integer serving = cluster.serving();
        int slots = serving == null ? 0 : Math.max(serving, cluster.desired());
        if (serving == null || slots == 0 || slots > MOST) {
            return null;
        }
        int pitch = Math.min(WIDEST, ROOM / slots);
        List<Slot> drawn = IntStream.range(0, slots)
                .mapToObj(i -> new Slot(i * pitch, pitch - GAP, i < serving ? colour(cluster, serving) : "empty"))
                .toList();
        return new Rail(
                slots * pitch - GAP,
                drawn,
                cluster.floor() == 0 ? null : cluster.floor() * pitch - GAP / 2 - 1,
                "%d of %d in service, floor %d".formatted(serving, cluster.desired(), cluster.floor()));
    }

    private static String colour(ClusterView cluster, int serving) {
        if (serving < cluster.floor()) {
            return "bad";
        }
        return serving < cluster.desired() ? "warn" : "good";
    }
}
