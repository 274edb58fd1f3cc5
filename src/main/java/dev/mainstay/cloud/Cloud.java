package dev.mainstay.cloud;

import java.util.List;

/** All that one cluster asks of AWS. */
public record Cloud(
        Instances instances,
        Launcher launcher,
        List<Balancer> balancers,
        CreditMetrics creditMetrics,
        SpotMarket spotMarket,
        ScalingGroups groups) {
    public Cloud {
        balancers = List.copyOf(balancers);
    }
}
