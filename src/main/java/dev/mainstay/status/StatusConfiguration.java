package dev.mainstay.status;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The beans of this room. It needs a {@link StatusInputs}, and whoever publishes passes has to give each, once, to every
 * bean that is a {@code Consumer<Pass>}: {@link DecisionFeed} and {@link StatusMetrics}.
 */
@Configuration(proxyBeanMethods = false)
public class StatusConfiguration {
    /** More than the page shows, so that a burst in one pass does not empty it. */
    private static final int DECISIONS = 100;

    @Bean
    StatusReader statusReader(StatusInputs inputs) {
        return new StatusReader(inputs.passes(), inputs.mode(), inputs.clock());
    }

    @Bean
    DecisionFeed decisionFeed() {
        return new DecisionFeed(DECISIONS);
    }

    @Bean
    StatusPage statusPage(DecisionFeed feed, StatusInputs inputs) {
        return new StatusPage(feed, inputs.banner(), inputs.ceiling());
    }

    @Bean
    StatusController statusController(StatusReader reader, StatusPage page) {
        return new StatusController(reader, page);
    }

    @Bean
    StatusMetrics statusMetrics(MeterRegistry registry, StatusInputs inputs) {
        return new StatusMetrics(registry, inputs.passes());
    }

    /** Named {@code aws} in the health endpoint; in neither the liveness nor the readiness group. */
    @Bean
    HealthIndicator awsHealthIndicator(StatusInputs inputs) {
        return new AwsHealthIndicator(inputs.passes());
    }

    @Bean
    InfoContributor clustersInfo(StatusInputs inputs) {
        return new ClustersInfo(inputs);
    }
}
