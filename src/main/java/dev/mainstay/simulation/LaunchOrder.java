package dev.mainstay.simulation;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A launch call, as EC2 compares it with an earlier one of the same token.
 *
 * @param token null: not idempotent
 * @param template the id or name of a launch template
 * @param type null: the template's
 * @param maxPrice of spot, in USD per hour; null: the on-demand price
 * @param creditMode null: the type's default
 * @param tags of the instances
 * @param requestTags of the spot requests
 */
public record LaunchOrder(
        @Nullable String token,
        String template,
        String version,
        @Nullable InstanceType type,
        String subnet,
        Market market,
        @Nullable Double maxPrice,
        @Nullable CreditMode creditMode,
        int min,
        int max,
        SortedMap<String, String> tags,
        SortedMap<String, String> requestTags) {
    public LaunchOrder {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        requestTags = Collections.unmodifiableSortedMap(new TreeMap<>(requestTags));
    }
}
