package dev.mainstay.simulation.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.cluster.Market;
import dev.mainstay.simulation.CallFailure;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.WorldSpec;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class CallBoundaryTest {
    private static final String ZONE = "us-east-1a";
    private static final WorldSpec CALM = WorldSpec.calm(7);

    @Test
    void seesEveryCallAtBothEdges() {
        List<String> seen = new ArrayList<>();
        Region region = new Region(CALM, new CallBoundary() {
            @Override
            public void before(Call call) {
                seen.add("before %d %s %s".formatted(call.number(), call.operation(), call.writes()));
            }

            @Override
            public void after(Call call) {
                seen.add("after " + call.number());
            }
        });

        region.instances();
        region.launch(Market.ON_DEMAND, ZONE, 1);
        assertThatThrownBy(() -> region.terminate("i-unknown"));

        assertThat(seen)
                .containsExactly(
                        "before 1 DescribeInstances false",
                        "after 1",
                        "before 2 RunInstances true",
                        "after 2",
                        "before 3 TerminateInstances true",
                        "after 3");
        assertThat(region.aws.callsMade()).isEqualTo(3);
    }

    @Test
    void crashesBeforeTheCallIsSent() {
        Region region = new Region(CALM, new CallBoundary() {
            @Override
            public void before(Call call) {
                if (call.writes()) {
                    throw new SimulatedCrash("at " + call.operation());
                }
            }
        });

        assertThatThrownBy(() -> region.launch(Market.ON_DEMAND, ZONE, 1))
                .isInstanceOf(SimulatedCrash.class)
                .hasMessage("at RunInstances");

        assertThat(region.instances()).isEmpty();
    }

    @Test
    void crashesAfterTheCallTookEffect() {
        Region region = new Region(CALM, new CallBoundary() {
            @Override
            public void after(Call call) {
                if (call.writes()) {
                    throw new SimulatedCrash("at " + call.operation());
                }
            }
        });

        assertThatThrownBy(() -> region.launch(Market.ON_DEMAND, ZONE, 1)).isInstanceOf(SimulatedCrash.class);

        assertThat(region.instances()).hasSize(1);
    }

    @Test
    void letsACallArriveTwice() {
        Region region = new Region(CALM, new CallBoundary() {
            @Override
            public <R> R carry(Call call, Supplier<R> there) {
                var _ = there.get();
                return there.get();
            }
        });

        assertThat(region.launch(Market.ON_DEMAND, ZONE, 1)).hasSize(1);

        assertThat(region.instances()).as("without a client token").hasSize(2);
    }

    @Test
    void losesAnAnswerOnItsWayBack() {
        Region region = new Region(CALM, new CallBoundary() {
            @Override
            public <R> R carry(Call call, Supplier<R> there) {
                R answer = there.get();
                if (call.writes()) {
                    throw SdkClientException.create("Read timed out");
                }
                return answer;
            }
        });

        assertThatThrownBy(() -> region.launch(Market.ON_DEMAND, ZONE, 1)).isInstanceOf(SdkClientException.class);

        assertThat(region.instances()).hasSize(1);
    }

    @Test
    void failsCallsForAWhile() {
        Region region = new Region(CALM);
        region.world.inject(
                new Fault.FailCalls("Describe*", CallFailure.THROTTLED, Duration.ofMinutes(1), Duration.ofMinutes(2)));
        assertThat(region.instances()).isEmpty();

        region.passMinutes(1);
        assertThatThrownBy(region::instances).satisfies(InstanceLifeTest.refusedWith("RequestLimitExceeded", 503));
        assertThat(region.launch(Market.ON_DEMAND, ZONE, 1)).hasSize(1);

        region.passMinutes(1);
        assertThat(region.instances()).hasSize(1);
    }

    @Test
    void losesTheAnswerOfACallThatTookEffect() {
        Region region = new Region(CALM);
        region.world.inject(new Fault.FailCalls(
                "RunInstances", new CallFailure.AnswerLost(), Duration.ZERO, Duration.ofMinutes(1)));

        assertThatThrownBy(() -> region.launch(Market.ON_DEMAND, ZONE, 1))
                .isInstanceOf(SdkClientException.class)
                .hasCauseInstanceOf(SocketTimeoutException.class);

        assertThat(region.instances()).hasSize(1);
    }

    @Test
    void cannotBeReached() {
        Region region = new Region(CALM);
        region.world.inject(
                new Fault.FailCalls("*", new CallFailure.Unreachable(), Duration.ZERO, Duration.ofMinutes(1)));

        assertThatThrownBy(() -> region.launch(Market.ON_DEMAND, ZONE, 1)).isInstanceOf(SdkClientException.class);

        region.passMinutes(1);
        assertThat(region.instances()).isEmpty();
    }

    @Test
    void takesVirtualTimeForEveryCall() {
        Region region = new Region(CALM.withApi(new WorldSpec.Api(1000, Duration.ZERO, Duration.ofMillis(250))));

        region.instances();
        region.instances();

        assertThat(region.time.elapsed()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void namesAnOperationThatIsNotOffered() {
        Region region = new Region(CALM);

        assertThatThrownBy(() -> region.ec2.describeVolumes())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("the simulated AWS does not offer describeVolumes");
    }
}
