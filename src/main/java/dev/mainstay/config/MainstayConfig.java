package dev.mainstay.config;

import dev.mainstay.catalog.OnDemandPrice;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A config file that has been read and checked, with every default filled in.
 *
 * @param mode for clusters that name none of their own
 * @param interval from the start of one pass to the start of the next, for clusters that name none of their own
 * @param state the directory in which the journal lives
 * @param clusters at least one, in the order of the file
 * @param onDemandPrices prices that replace those of the shipped catalog, or add to them
 */
public record MainstayConfig(
        Mode mode, Duration interval, Path state, List<ClusterSpec> clusters, List<OnDemandPrice> onDemandPrices) {
    public MainstayConfig {
        clusters = List.copyOf(clusters);
        onDemandPrices = List.copyOf(onDemandPrices);
    }
}
