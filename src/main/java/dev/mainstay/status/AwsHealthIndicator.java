package dev.mainstay.status;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Gap;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.PublishedPasses;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether Mainstay sees its clusters: down while a vital read of one fails, unknown until each had its first pass. A
 * restart would mend nothing, so this must stay out of the liveness and readiness groups.
 */
final class AwsHealthIndicator implements HealthIndicator {
    private final PublishedPasses passes;

    AwsHealthIndicator(PublishedPasses passes) {
        this.passes = passes;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        boolean blind = false;
        boolean waiting = false;
        for (ClusterSpec spec : passes.specs()) {
            Optional<Pass> pass = passes.last(spec.name());
            blind |= pass.filter(last -> !last.observation().sees()).isPresent();
            waiting |= pass.isEmpty();
            health.withDetail(
                    spec.name().value(), pass.map(AwsHealthIndicator::sight).orElse("no pass yet"));
        }
        if (blind) {
            return health.down().build();
        }
        return waiting ? health.status(Status.UNKNOWN).build() : health.build();
    }

    private static String sight(Pass pass) {
        if (pass.observation().gaps().isEmpty()) {
            return "everything was read";
        }
        return pass.observation().gaps().stream().map(AwsHealthIndicator::line).collect(Collectors.joining("; "));
    }

    private static String line(Gap gap) {
        return "%s not read since %s: %s".formatted(gap.source().label(), gap.since(), gap.text());
    }
}
