package dev.mainstay.planning;

import java.util.List;

/** What there is to say of an Auto Scaling group. */
public sealed interface GroupMatter {
    /** It is doing something itself. */
    record Acts(String what) implements GroupMatter {}

    /** Someone has suspended one of its processes. */
    record Suspended(List<String> processes) implements GroupMatter {
        public Suspended {
            processes = List.copyOf(processes);
        }
    }

    /** Others act on the same nodes. */
    record Rivals(List<String> who) implements GroupMatter {
        public Rivals {
            who = List.copyOf(who);
        }
    }

    /** Its own limits do not allow what is wanted of it. */
    record Limits(int wanted, int min, int max) implements GroupMatter {}

    /** It takes the node away. */
    record Ends() implements GroupMatter {}

    /** Its hook holds the node. */
    record Holds(String hook) implements GroupMatter {}

    /** It has so many, and as many are wanted of it. */
    record Sized(int size, int wanted) implements GroupMatter {}

    /** In words. */
    default String text() {
        return switch (this) {
            case Acts(String what) -> "it acts itself: " + what;
            case Suspended(List<String> processes) -> "suspended: " + String.join(", ", processes);
            case Rivals(List<String> who) -> "these act on its nodes too: " + String.join(", ", who);
            case Limits(int wanted, int min, int max) ->
                "%d are wanted of it, and its limits are %d to %d".formatted(wanted, min, max);
            case Ends() -> "it takes the node away";
            case Holds(String hook) -> "its hook %s holds the node".formatted(hook);
            case Sized(int size, int wanted) -> "its size is %d, and %d is wanted".formatted(size, wanted);
        };
    }
}
