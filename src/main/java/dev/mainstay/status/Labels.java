package dev.mainstay.status;

import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Reason;
import java.util.Locale;
import java.util.regex.Pattern;

/** The kebab-case names of what is a type and not an enum. */
final class Labels {
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private Labels() {}

    /** {@code unhealthy-for} for {@link Reason.UnhealthyFor}: the record's own name, so that the two cannot drift apart. */
    static String of(Reason reason) {
        return HUMP.matcher(reason.getClass().getSimpleName()).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    static String of(Outcome.Result result) {
        return switch (result) {
            case Outcome.Result.Done _ -> "done";
            case Outcome.Result.Failed _ -> "failed";
            case Outcome.Result.Dropped _ -> "dropped";
        };
    }
}
