package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.simulation.sdk.Call;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * I7: no more calls than half of what the account may make. The buckets are filled and refilled at half of AWS's rate; what
 * spreads calls over the seconds stands below the client interface, and is not in the simulation. A refusal wakes the loop at
 * once, so that the launch bucket holds what may be asked for in one go: one call for each pool on each market, and for the base. A simulated page of few rows, which makes many calls of
 * one, is no fault of the daemon's: then buckets for reads are as much larger. Source: EC2 API reference, "Request throttling".
 */
final class HalfTheBucket implements Invariant {
    private static final int FEW_ROWS = 10;

    private final Scene scene;
    private final Map<String, Bucket> buckets = new HashMap<>();

    HalfTheBucket(Scene scene) {
        this.scene = scene;
    }

    @Override
    public String name() {
        return "I7 half of each bucket";
    }

    @Override
    public @Nullable String before(Call call) {
        Bucket bucket = buckets.computeIfAbsent(call.operation(), operation -> of(operation, call.writes()));
        return bucket.take(scene.elapsed())
                ? null
                : "%s called oftener than half of what the account may".formatted(call.operation());
    }

    private Bucket of(String operation, boolean writes) {
        int pages = scene.world().spec().api().pageSize() < FEW_ROWS ? 5 : 1;
        return switch (operation) {
            case "RunInstances" ->
                new Bucket((2 + 2 * types()) * scene.spec().launch().subnets().size(), 1);
            case "TerminateInstances" -> new Bucket(50, 2.5);
            case "GetMetricData" -> new Bucket(25 * pages, 25 * pages);
            default -> writes ? new Bucket(25, 2.5) : new Bucket(50 * pages, 10 * pages);
        };
    }

    private int types() {
        ClusterSpec spec = scene.spec();
        int spot = spec.spot().map(ClusterSpec.Spot::types).map(List::size).orElse(0);
        return Math.max(1, Math.max(spot, spec.capacity().onDemandTypes().size()));
    }

    /** Tokens that come back with time. */
    private static final class Bucket {
        private final double most;
        private final double perSecond;
        private double tokens;
        private Duration at = Duration.ZERO;

        Bucket(double most, double perSecond) {
            this.most = most;
            this.perSecond = perSecond;
            this.tokens = most;
        }

        boolean take(Duration now) {
            tokens = Math.min(most, tokens + now.minus(at).toMillis() / 1000.0 * perSecond) - 1;
            at = now;
            return tokens >= 0;
        }
    }
}
