package dev.mainstay.simulation.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.cluster.Market;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.WorldSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidTargetException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

class TargetHealthTest {
    private static final String ZONE = "us-east-1a";

    private final Region region = new Region(WorldSpec.calm(7)
            .withHealthChecks(WorldSpec.HealthChecks.TYPICAL.withDeregistrationDelay(Duration.ofSeconds(60))));

    @Test
    void isHealthyAfterTheFirstGoodCheck() {
        String id = region.launch(Market.ON_DEMAND, ZONE, 1).getFirst();
        region.passMinutes(2);

        region.register(List.of(id));
        assertThat(region.health(id)).isEqualTo("initial Elb.RegistrationInProgress");

        region.passSeconds(30);
        assertThat(region.health(id)).isEqualTo("healthy");
    }

    @Test
    void failsChecksWhileItBootsAndIsHealthyOnceItAnswers() {
        String id = region.launch(Market.ON_DEMAND, ZONE, 1).getFirst();
        region.passSeconds(25);
        region.register(List.of(id));

        region.passSeconds(31);
        assertThat(region.health(id)).isEqualTo("initial Elb.InitialHealthChecking");

        // It answers 60 to 110 seconds after its launch; the next check is at most 30 seconds away.
        region.passSeconds(84);
        assertThat(region.health(id)).isEqualTo("healthy");
    }

    @Test
    void turnsUnhealthyWhenItHangsAndStaysSo() {
        String id = region.serving(Market.ON_DEMAND, ZONE, 1).getFirst();

        region.world.inject(new Fault.Hang(Region.node(id)));
        region.passSeconds(34);
        assertThat(region.health(id)).isEqualTo("healthy");

        // Two checks, at most 60 seconds, and the time-out of the second.
        region.passSeconds(31);
        assertThat(region.health(id)).isEqualTo("unhealthy Target.Timeout");
        assertThat(region.state(id)).isEqualTo("running");

        region.passMinutes(60);
        assertThat(region.health(id)).isEqualTo("unhealthy Target.Timeout");
    }

    @Test
    void drainsForTheDeregistrationDelayAndIsGone() {
        String id = region.serving(Market.ON_DEMAND, ZONE, 1).getFirst();

        region.deregister(id);
        region.passSeconds(59);
        assertThat(region.health(id)).isEqualTo("draining Target.DeregistrationInProgress");

        region.passSeconds(1);
        assertThat(region.health(id)).isEqualTo("absent");
        assertThat(region.state(id)).isEqualTo("running");
    }

    @Test
    void registersAgainWhatStillDrains() {
        String id = region.serving(Market.ON_DEMAND, ZONE, 1).getFirst();
        region.deregister(id);
        region.passSeconds(10);

        region.register(List.of(id));
        assertThat(region.health(id)).startsWith("initial");

        region.passMinutes(2);
        assertThat(region.health(id)).isEqualTo("healthy");
    }

    @Test
    void showsATerminatedTargetAsUnusedUntilItIsGone() {
        String id = region.serving(Market.ON_DEMAND, ZONE, 1).getFirst();

        region.terminate(id);
        assertThat(region.health(id)).isEqualTo("unused Target.InvalidState");

        region.passSeconds(60);
        assertThat(region.health(id)).isEqualTo("absent");
    }

    @Test
    void takesRunningInstancesOnly() {
        String id = region.launch(Market.ON_DEMAND, ZONE, 1).getFirst();

        assertThatThrownBy(() -> region.register(List.of(id))).isInstanceOf(InvalidTargetException.class);
        assertThatThrownBy(() -> region.register(List.of("i-unknown"))).isInstanceOf(InvalidTargetException.class);
    }

    @Test
    void passesOverUnregisteredTargetsThatShallGo() {
        region.deregister("i-unknown");

        assertThat(region.health("i-unknown")).isEqualTo("absent");
    }

    @Test
    void tellsTheDeregistrationDelay() {
        var attributes = region.elb
                .describeTargetGroupAttributes(request -> request.targetGroupArn(region.group.value()))
                .attributes();

        assertThat(attributes).singleElement().satisfies(attribute -> {
            assertThat(attribute.key()).isEqualTo("deregistration_delay.timeout_seconds");
            assertThat(attribute.value()).isEqualTo("60");
        });
    }

    @Test
    void knowsItsOwnTargetGroupsOnly() {
        assertThatThrownBy(() -> region.elb.describeTargetHealth(request -> request.targetGroupArn("arn:other")))
                .isInstanceOf(TargetGroupNotFoundException.class);
    }
}
