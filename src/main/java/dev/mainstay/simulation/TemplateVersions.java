package dev.mainstay.simulation;

import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The versions of the one launch template, counted from 1; the newest is both the default and the latest. */
public final class TemplateVersions {
    private final Set<Long> broken = new HashSet<>();
    private long newest = 1;

    void publish(boolean isBroken) {
        newest++;
        if (isBroken) {
            broken.add(newest);
        }
    }

    /** The number behind a version as one asks for it: a number, {@code $Default} or {@code $Latest}. */
    public long number(String asked) {
        long number = asked.startsWith("$") ? newest : Long.parseLong(asked);
        if (number < 1 || number > newest) {
            throw Refusal.badRequest(
                    "InvalidLaunchTemplateId.VersionNotFound", "there is no version %s".formatted(asked));
        }
        return number;
    }

    boolean isBroken(String asked) {
        return broken.contains(number(asked));
    }

    /** The order's tags, and the one by which EC2 tells from which version an instance was made. */
    SortedMap<String, String> tagged(LaunchOrder order) {
        SortedMap<String, String> tags = new TreeMap<>(order.tags());
        tags.put("aws:ec2launchtemplate:version", String.valueOf(number(order.version())));
        return tags;
    }
}
