package dev.mainstay.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.StatusCheck;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.testing.Sketch;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is at fault: what the load balancer and EC2 say of a node, and what is made of it. */
class FaultTableTest {
    private static final Duration LONG = Duration.ofMinutes(6);

    @ParameterizedTest(name = "{0} {1}, status checks {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            HEALTHY     |                                | OK       | well
            HEALTHY     |                                | UNKNOWN  | well
            HEALTHY     |                                | IMPAIRED | sick
            UNHEALTHY   | Target.FailedHealthChecks      | OK       | sick
            UNHEALTHY   | Target.Timeout                 | OK       | sick
            UNHEALTHY   | Target.ResponseCodeMismatch    | OK       | sick
            UNHEALTHY   | Target.Timeout                 | UNKNOWN  | sick
            UNHEALTHY   | Target.Timeout                 | IMPAIRED | sick
            UNHEALTHY   | Elb.InternalError              | OK       | neither
            UNHEALTHY   | Elb.InternalError              | IMPAIRED | sick
            UNHEALTHY   |                                | OK       | neither
            UNHEALTHY   | Target.SomethingNew            | OK       | neither
            INITIAL     | Elb.RegistrationInProgress     | OK       | neither
            INITIAL     | Elb.InitialHealthChecking      | OK       | neither
            INITIAL     | Elb.InitialHealthChecking      | IMPAIRED | sick
            UNUSED      | Target.NotInUse                | OK       | neither
            UNUSED      | Target.InvalidState            | OK       | neither
            UNUSED      | Target.NotInUse                | IMPAIRED | sick
            DRAINING    | Target.DeregistrationInProgress | OK      | neither
            UNAVAILABLE | Target.HealthCheckDisabled     | OK       | neither
            UNAVAILABLE | Elb.InternalError              | OK       | neither
            UNKNOWN     |                                | OK       | neither
            UNKNOWN     |                                | IMPAIRED | sick
            """)
    void judges(TargetHealth.State state, @Nullable String reason, StatusCheck check, String verdict) {
        Sketch sketch = Sketch.healthy().target("b-1", state, reason).checked("b-1", check);

        sketch.planFor(LONG);

        HealthMemory health = sketch.memory("b-1").health();
        assertThat(health.sick()).isEqualTo(verdict.equals("sick"));
        assertThat(health.healthySince() != null).isEqualTo(verdict.equals("well"));
        assertThat(sketch.memory("b-1").condemned() != null).isEqualTo(verdict.equals("sick"));
    }
}
