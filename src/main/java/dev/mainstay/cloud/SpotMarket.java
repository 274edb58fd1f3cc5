package dev.mainstay.cloud;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.PriceHistory;
import dev.mainstay.cluster.Zone;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Spot prices and the state of our spot requests. Throws {@link CloudException}. */
public interface SpotMarket {
    /**
     * The price changes of Linux spot instances since then, and the last one before it, by pool; all pages. Pools that AWS
     * says nothing of are left out.
     */
    Map<Pool, List<PriceHistory.Change>> prices(Set<InstanceType> types, Set<Zone> zones, Instant from, Instant to);

    /** The status code of each of the cluster's spot requests, by request id; all pages. */
    Map<String, String> requests(ClusterName cluster);
}
