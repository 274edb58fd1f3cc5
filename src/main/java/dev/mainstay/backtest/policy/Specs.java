package dev.mainstay.backtest.policy;

import dev.mainstay.backtest.Frame;
import dev.mainstay.backtest.SpotMarket;
import dev.mainstay.catalog.Catalog;
import dev.mainstay.catalog.OnDemandPrice;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Mode;
import dev.mainstay.cluster.Zone;
import dev.mainstay.config.ConfigReader;
import dev.mainstay.config.Reading;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A cluster's spec, put into a market: its zones, its type and its prices in place of the cluster's own. */
final class Specs {
    private Specs() {}

    /** The cluster of a config that says how many nodes it wants and leaves all else at its default. */
    static ClusterSpec shipped(Frame frame) {
        String text = """
                mainstay:
                  clusters:
                    backtest:
                      region: us-east-1
                      load-balancer:
                        target-groups: ["arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/b/0123456789abcdef"]
                      launch:
                        template: { id: lt-0123456789abcdef0 }
                        subnets: { us-east-1a: subnet-0123456789abcdef0 }
                      capacity: { desired: %d, on-demand-base: %d, on-demand-types: [m5.large] }
                      spot: { types: [m5.large] }
                """.formatted(frame.desired(), frame.base());
        return switch (ConfigReader.read("backtest", text)) {
            case Reading.Read read -> read.config().clusters().getFirst();
            case Reading.Refused refused ->
                throw new IllegalStateException(refused.mistakes().toString());
        };
    }

    /** The same cluster in this market, in act mode, with the frame's numbers. */
    static ClusterSpec in(SpotMarket market, Frame frame, ClusterSpec spec) {
        SortedMap<Zone, String> subnets = new TreeMap<>();
        market.zones().forEach(zone -> subnets.put(zone, "subnet-" + zone));
        List<InstanceType> types = List.of(market.type());
        ClusterSpec.Launch launch = spec.launch();
        ClusterSpec.Capacity capacity = spec.capacity();
        Optional<ClusterSpec.Spot> spot = spec.spot()
                .map(wanted -> new ClusterSpec.Spot(
                        types,
                        wanted.maxPrice(),
                        wanted.returnAfter(),
                        wanted.returnMargin(),
                        wanted.atRiskFor(),
                        wanted.insureFor(),
                        wanted.moves(),
                        wanted.rebalanceCandidates()));
        return new ClusterSpec(
                spec.name(),
                Mode.ACT,
                spec.region(),
                frame.tick(),
                spec.targetGroups(),
                new ClusterSpec.Launch(
                        launch.template(), launch.version(), subnets, launch.tags(), launch.keepFailed()),
                new ClusterSpec.Capacity(
                        capacity.desired(), capacity.min(), capacity.max(), capacity.onDemandBase(), types, false),
                spot,
                spec.health(),
                spec.credits(),
                spec.guards());
    }

    /** The catalog, knowing what the type costs here. */
    static Catalog catalog(SpotMarket market, ClusterSpec spec) {
        return Catalog.shipped().with(List.of(new OnDemandPrice(spec.region(), market.type(), market.onDemandPrice())));
    }
}
