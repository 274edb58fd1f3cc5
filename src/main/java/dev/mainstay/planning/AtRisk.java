package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.Market;
import java.time.Instant;
import java.util.Optional;

/**
 * Losses come together: where a node of a pool was just lost or announced lost, the older ones of that pool are likely to
 * follow within minutes. A younger one got in after the loss, so there was room for it.
 */
final class AtRisk {
    private AtRisk() {}

    static Optional<Reason> of(NodeMemory node, ClusterSpec spec, Memory memory, Instant now) {
        Instance instance = node.instance();
        if (instance.market() != Market.SPOT || spec.spot().isEmpty()) {
            return Optional.empty();
        }
        Instant lastLoss = memory.pool(instance.pool()).lastLoss();
        if (lastLoss == null) {
            return Optional.empty();
        }
        Instant until = lastLoss.plus(spec.spot().get().atRiskFor());
        return instance.launchedAt().isBefore(lastLoss) && until.isAfter(now)
                ? Optional.of(new Reason.SiblingLost(lastLoss, until))
                : Optional.empty();
    }
}
