package dev.mainstay.cloud;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Pool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Launches instances. */
public interface Launcher {
    /**
     * Launches between one and {@code count} instances in one call, tagged as they are born. Idempotent by token: the same
     * request again answers with the same instances.
     */
    List<Instance> launch(Request request);

    /** The instance type of a launch template's version; empty where it names none. */
    Optional<InstanceType> templateType(String template, String version);

    /**
     * One launch call.
     *
     * @param token the intent's id
     * @param template a launch template's id or name
     * @param subnet in the pool's zone
     * @param maxPrice the spot price limit, in USD per hour; null: none
     * @param creditMode null: not burstable
     * @param tags for instances, their volumes and the spot request
     */
    record Request(
            IntentId token,
            String template,
            String version,
            Pool pool,
            String subnet,
            Market market,
            @Nullable Double maxPrice,
            @Nullable CreditMode creditMode,
            int count,
            Map<String, String> tags) {
        public Request {
            tags = Map.copyOf(tags);
        }
    }
}
