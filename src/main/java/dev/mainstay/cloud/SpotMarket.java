package dev.mainstay.cloud;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.PriceHistory;
import dev.mainstay.cluster.Zone;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Spot prices and the state of our spot requests. Throws {@link CloudException}. */
public interface SpotMarket {
    /**
     * The price changes of Linux spot instances since then, and the last one before it, by pool; all pages. Pools that AWS
     * says nothing of are left out.
     */
    Map<Pool, List<PriceHistory.Change>> prices(Set<InstanceType> types, Set<Zone> zones, Instant from, Instant to);

    /** The status of these spot requests, by request id; one that EC2 does not know is left out. */
    Map<String, RequestStatus> requests(Set<String> ids);

    /**
     * What EC2 says of a spot request.
     *
     * @param code such as {@code fulfilled}
     * @param since when it became so; null where EC2 does not tell
     */
    record RequestStatus(String code, @Nullable Instant since) {}
}
