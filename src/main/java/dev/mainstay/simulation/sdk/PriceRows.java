package dev.mainstay.simulation.sdk;

import dev.mainstay.cluster.Pool;
import dev.mainstay.simulation.World;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.SpotPrice;

/** The price changes of one pool as EC2's rows, each built once. Times are since the start of the world. */
final class PriceRows {
    private final World world;
    private final Pool pool;
    private final String product;
    private final TreeMap<Duration, SpotPrice> rows = new TreeMap<>();
    private Duration knownFrom = Duration.ZERO;
    private Duration knownTo = Duration.ZERO;

    PriceRows(World world, Pool pool, String product) {
        this.world = world;
        this.pool = pool;
        this.product = product;
    }

    /** The changes in this time and the last before it, oldest first. */
    Collection<SpotPrice> between(Duration from, Duration to) {
        if (rows.isEmpty() || from.compareTo(knownFrom) < 0) {
            rows.clear();
            add(from, to);
            knownFrom = from;
            knownTo = to;
        } else if (to.compareTo(knownTo) > 0) {
            add(knownTo, to);
            knownTo = to;
        }
        Duration first = rows.floorKey(from);
        SortedMap<Duration, SpotPrice> asked = rows.headMap(to, true);
        return (first == null ? asked : asked.tailMap(first)).values();
    }

    private void add(Duration from, Duration to) {
        world.pools().changes(pool, from, to).forEach((at, price) -> rows.putIfAbsent(at, row(at, price)));
    }

    private SpotPrice row(Duration at, double usdPerHour) {
        return SpotPrice.builder()
                .instanceType(pool.type().name())
                .availabilityZone(pool.zone().value())
                .productDescription(product)
                .timestamp(world.at(at))
                .spotPrice(usd(usdPerHour))
                .build();
    }

    /** EC2 writes prices with six digits after the point. */
    static String usd(double price) {
        return BigDecimal.valueOf(price).setScale(6, RoundingMode.HALF_UP).toPlainString();
    }
}
