package dev.mainstay.catalog;

import dev.mainstay.cluster.InstanceType;

/**
 * The on-demand price of an instance type in a region, for Linux.
 *
 * @param region such as {@code us-east-1}
 * @param usdPerHour above zero: a price of zero would make everything look cheap that is only unknown
 */
public record OnDemandPrice(String region, InstanceType type, double usdPerHour) {
    public OnDemandPrice {
        if (region.isBlank()) {
            throw new IllegalArgumentException("the on-demand price of %s names no region".formatted(type));
        }
        if (!(usdPerHour > 0) || Double.isInfinite(usdPerHour)) {
            throw new IllegalArgumentException("the on-demand price of %s in %s is above 0 USD per hour, not %s"
                    .formatted(type, region, usdPerHour));
        }
    }
}
