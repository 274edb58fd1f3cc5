package dev.mainstay.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.Market;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.PublishedPasses;
import dev.mainstay.testing.Specs;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusMetricsTest {
    private final PublishedPasses passes = new PublishedPasses(List.of(Specs.micro()));
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final StatusMetrics metrics = new StatusMetrics(registry, passes);

    @Test
    void registersEveryCounterAtZero() {
        assertThat(registry.scrape().lines())
                .contains("mainstay_passes_total{cluster=\"blog\"} 0.0")
                .contains("mainstay_actions_total{cluster=\"blog\",kind=\"set-credit-mode\",result=\"dropped\"} 0.0")
                .contains("mainstay_withheld_total{cluster=\"blog\",guard=\"spending-cap\"} 0.0");
        assertThat(lines("mainstay_actions_total{")).hasSize(3 * ActionKind.values().length);
        assertThat(lines("mainstay_withheld_total{")).hasSize(GuardName.values().length);
    }

    @Test
    void isNotANumberBeforeTheFirstPass() {
        assertThat(registry.scrape().lines())
                .contains("mainstay_serving_nodes{cluster=\"blog\"} NaN")
                .contains("mainstay_last_pass_timestamp_seconds{cluster=\"blog\"} NaN");
    }

    @Test
    void showsTheLastPassUnderThePromisedNames() {
        publish(Stories.everything());

        assertThat(registry.scrape().lines())
                .contains("mainstay_nodes{cluster=\"blog\",phase=\"in-service\"} 3.0")
                .contains("mainstay_nodes{cluster=\"blog\",phase=\"foreign\"} 1.0")
                .contains("mainstay_desired_nodes{cluster=\"blog\"} 4.0")
                .contains("mainstay_floor_nodes{cluster=\"blog\"} 2.0")
                .contains("mainstay_base_nodes{cluster=\"blog\"} 1.0")
                .contains("mainstay_serving_nodes{cluster=\"blog\"} 6.0")
                .contains("mainstay_cost_usd_per_hour{cluster=\"blog\"} NaN")
                .contains("mainstay_on_demand_cost_usd_per_hour{cluster=\"blog\"} 0.0464")
                .contains("mainstay_condition{cluster=\"blog\",condition=\"below-desired\"} 1.0")
                .contains("mainstay_condition{cluster=\"blog\",condition=\"not-routing\"} 0.0")
                .contains("mainstay_gap{cluster=\"blog\",source=\"spot-prices\"} 1.0")
                .contains("mainstay_last_pass_timestamp_seconds{cluster=\"blog\"} 1.772460225E9")
                .contains("mainstay_last_full_observation_timestamp_seconds{cluster=\"blog\"} 1.772460225E9")
                .contains("mainstay_passes_total{cluster=\"blog\"} 1.0")
                .contains("mainstay_actions_total{cluster=\"blog\",kind=\"launch\",result=\"failed\"} 1.0")
                .contains("mainstay_withheld_total{cluster=\"blog\",guard=\"floor\"} 1.0")
                .contains("mainstay_node_credit_balance{cluster=\"blog\",node=\"i-0a1f\"} 131.25");
        assertThat(lines("mainstay_nodes{")).hasSize(Phase.values().length);
        assertThat(lines("mainstay_condition{")).hasSize(ConditionName.values().length);
    }

    @Test
    void dropsTheBalanceOfANodeThatIsGone() {
        publish(Drawn.healthy().pass(1));
        publish(new Drawn()
                .node("i-0a1f", "a", Market.SPOT, Phase.IN_SERVICE, null, 9.0)
                .pass(2));

        assertThat(lines("mainstay_node_credit_balance{"))
                .containsExactly("mainstay_node_credit_balance{cluster=\"blog\",node=\"i-0a1f\"} 9.0");
    }

    @Test
    void forgetsAClusterThatIsNoLongerSupervised() {
        publish(Drawn.healthy().pass(1));

        passes.follow(List.of());

        assertThat(registry.scrape().lines()).contains("mainstay_serving_nodes{cluster=\"blog\"} NaN");
    }

    @Test
    void showsAClusterThatCameLater() {
        passes.follow(List.of());
        PrometheusMeterRegistry later = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        StatusMetrics lateMetrics = new StatusMetrics(later, passes);

        passes.follow(List.of(Specs.micro()));
        passes.publish(Stories.everything());
        lateMetrics.accept(Stories.everything());

        assertThat(later.scrape().lines())
                .contains("mainstay_serving_nodes{cluster=\"blog\"} 6.0")
                .contains("mainstay_passes_total{cluster=\"blog\"} 1.0");
    }

    private void publish(Pass pass) {
        passes.publish(pass);
        metrics.accept(pass);
    }

    private List<String> lines(String prefix) {
        return registry.scrape().lines().filter(line -> line.startsWith(prefix)).toList();
    }
}
