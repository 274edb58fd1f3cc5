package dev.mainstay.inventory;

import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Moment;
import dev.mainstay.cluster.NodeId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The instances that EC2 has told us of. EC2 lists what has ended for about an hour: where it knows nothing at all, all at
 * once, of half of those that it told us of, or more, its answer lacks them, and they have not ended.
 */
final class Acquaintances {
    /** "A short while, usually less than an hour". Source: EC2 User Guide, "Terminate your instance". */
    private static final Duration LISTED_AFTER_END = Duration.ofHours(1);

    private static final int LEAST = 2;

    private final Set<NodeId> met = new HashSet<>();
    private @Nullable Moment sound;

    /**
     * Why an answer is not to be believed; empty: it may be.
     *
     * @param remembered ids that ought to exist
     * @param known ids of which EC2 knows, ended ones included
     */
    Optional<Gap> doubt(Set<NodeId> remembered, Set<NodeId> known, Moment now) {
        met.addAll(known);
        met.retainAll(remembered);
        Set<NodeId> unknown = new HashSet<>(met);
        unknown.removeAll(known);
        boolean many = unknown.size() >= LEAST && 2 * unknown.size() >= met.size();
        Moment last = sound;
        if (many && last != null && now.since(last).compareTo(LISTED_AFTER_END) < 0) {
            return Optional.of(new Gap(
                    Gap.Source.INSTANCES,
                    last.wall(),
                    "EC2 knows nothing of %d of %d instances, not even that they ended"
                            .formatted(unknown.size(), met.size())));
        }
        sound = now;
        return Optional.empty();
    }
}
