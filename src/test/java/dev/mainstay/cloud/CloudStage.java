package dev.mainstay.cloud;

import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import java.util.Map;

/** A cloud with a door behind it, through which a contract sets the scene. */
public interface CloudStage {
    /** With a page size small enough that the contracts' clusters fill several pages, and one balancer. */
    Cloud cloud();

    /** Someone has launched an instance; it runs, and reads show it. */
    NodeId running(Pool pool, Market market, Map<String, String> tags);

    /** AWS has no more to give in this pool, on either market. */
    void exhaust(Pool pool);

    /** Lets so much time pass that reads show what was written. */
    default void settle() {}
}
