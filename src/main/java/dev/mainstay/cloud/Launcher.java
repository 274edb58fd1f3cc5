package dev.mainstay.cloud;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Pool;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Launches instances. */
public interface Launcher {
    /**
     * Launches between one and {@code count} instances in one call, tagged as they are born. Idempotent by token: the same
     * request again answers with the same instances.
     */
    Launched launch(Request request);

    /** The instance type of a launch template's version; empty where it names none. */
    Optional<InstanceType> templateType(String template, String version);

    /**
     * What a launch made.
     *
     * @param instances at least one
     * @param refused the pools in which AWS had no more
     */
    record Launched(List<Instance> instances, List<Pool> refused) {
        public Launched {
            instances = List.copyOf(instances);
            refused = List.copyOf(refused);
        }
    }

    /**
     * One launch call.
     *
     * @param at when it is made: the launch time of what it makes, where the answer tells none
     * @param token the intent's id
     * @param template a launch template's id or name
     * @param subnet in the pool's zone
     * @param choice the subnet of each pool in which EC2 may launch as well, best first; empty: only in {@code pool}
     * @param maxPrice the spot price limit, in USD per hour; null: none
     * @param creditMode null: not burstable
     * @param tags for instances, their volumes and the spot request
     */
    record Request(
            Instant at,
            IntentId token,
            String template,
            String version,
            Pool pool,
            String subnet,
            SequencedMap<Pool, String> choice,
            Market market,
            @Nullable Double maxPrice,
            @Nullable CreditMode creditMode,
            int count,
            Map<String, String> tags) {
        public Request {
            choice = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(choice));
            tags = Map.copyOf(tags);
        }
    }
}
