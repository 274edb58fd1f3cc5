package dev.mainstay.planning;

import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Pool;
import java.time.Instant;
import java.util.List;

/** What became of one action. */
public record Outcome(Action action, IntentId intent, Instant at, Result result) {

    public sealed interface Result {
        /** AWS accepted it; a launch names what it made, and the pools that had no more. */
        record Done(List<Instance> launched, List<Pool> refused) implements Result {
            public Done {
                launched = List.copyOf(launched);
                refused = List.copyOf(refused);
            }

            public Done(List<Instance> launched) {
                this(launched, List.of());
            }
        }

        /** AWS refused, or never answered ({@link FailureKind#UNKNOWN_OUTCOME}). */
        record Failed(FailureKind kind, String message) implements Result {}

        /** Not sent: verified again just before the call, the node was not what the plan took it for. */
        record Dropped(String why) implements Result {}
    }
}
