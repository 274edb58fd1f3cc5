package dev.mainstay.simulation;

import dev.mainstay.cluster.NodeId;
import java.time.Duration;
import java.util.SortedMap;

/** A one-time spot request and what EC2 says of it. Not thread-safe. */
public final class SpotRequest {
    /** The status code of a request whose instance runs, and of which nothing else is known. */
    public static final String FULFILLED = "fulfilled";

    private final String id;
    private final NodeId node;
    private final Duration createdAt;
    private final double maxPrice;
    private final SortedMap<String, String> tags;
    private String state = "active";
    private String status = FULFILLED;
    private Duration statusSince;

    SpotRequest(String id, NodeId node, Duration createdAt, double maxPrice, SortedMap<String, String> tags) {
        this.id = id;
        this.node = node;
        this.createdAt = createdAt;
        this.statusSince = createdAt;
        this.maxPrice = maxPrice;
        this.tags = tags;
    }

    public String id() {
        return id;
    }

    /** The instance that fills it. */
    public NodeId node() {
        return node;
    }

    /** Since the start of the world. */
    public Duration createdAt() {
        return createdAt;
    }

    /** In USD per hour. */
    public double maxPrice() {
        return maxPrice;
    }

    public SortedMap<String, String> tags() {
        return tags;
    }

    /** {@code active} or {@code closed}. */
    public String state() {
        return state;
    }

    /** The status code, such as {@code fulfilled} or {@code instance-terminated-no-capacity}. */
    public String status() {
        return status;
    }

    /** Since when it has that status, since the start of the world. */
    public Duration statusSince() {
        return statusSince;
    }

    void announce(String code, Duration now) {
        status = code;
        statusSince = now;
    }

    void close(String code, Duration now) {
        if (!status.equals(code)) {
            statusSince = now;
        }
        status = code;
        state = "closed";
    }
}
