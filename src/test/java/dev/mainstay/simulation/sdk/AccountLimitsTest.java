package dev.mainstay.simulation.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.cluster.Market;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.WorldSpec;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** AWS's buckets of tokens, with the figures of "Request throttling for the Amazon EC2 API". */
class AccountLimitsTest {
    private static final String ZONE = "us-east-1a";

    private final Region region = new Region(WorldSpec.calm(7));

    @Test
    void fiveLaunchesPassAtOnceAndThenTwoASecond() {
        assertThat(launches(10)).isEqualTo(5);
        region.passSeconds(1);
        assertThat(launches(10)).isEqualTo(2);
    }

    @Test
    void aLaunchTakesATokenForEachInstanceToo() {
        region.launch(Market.ON_DEMAND, ZONE, 990);

        throttled(() -> region.launch(Market.ON_DEMAND, ZONE, 20));
        assertThat(region.launch(Market.ON_DEMAND, ZONE, 10)).hasSize(10);
    }

    @Test
    void anUnfilteredListingHasTheSmallerBucket() {
        for (int i = 0; i < 60; i++) {
            region.ec2.describeInstances(request -> request.maxResults(100));
        }
        long before = region.aws.attemptsMade();
        for (int i = 0; i < 50; i++) {
            region.ec2.describeInstances();
        }
        assertThat(region.aws.attemptsMade() - before).isEqualTo(50);

        region.ec2.describeInstances();
        assertThat(region.aws.attemptsMade() - before)
                .as("the 51st is tried again")
                .isEqualTo(52);
        assertThat(region.world.tokens().uses())
                .hasEntrySatisfying(
                        "DescribeInstances, unfiltered",
                        use -> assertThat(use.refusals()).isEqualTo(1));
    }

    @Test
    void othersInTheAccountMayTakeMostOfIt() {
        region.world.inject(new Fault.CrowdAccount(0.2, Duration.ofMinutes(10)));
        assertThat(launches(10)).isEqualTo(1);
        region.passSeconds(5);
        assertThat(launches(10)).isEqualTo(1);

        region.passMinutes(11);
        assertThat(launches(10)).isEqualTo(5);
    }

    @Test
    void aWorldMayBeCrowdedFromTheStart() {
        Region crowded = new Region(WorldSpec.calm(7).withApi(WorldSpec.Api.PROMPT.withLeft(0.2)));

        crowded.launch(Market.ON_DEMAND, ZONE, 1);

        throttled(() -> crowded.launch(Market.ON_DEMAND, ZONE, 1));
    }

    private long launches(int tried) {
        return IntStream.range(0, tried).filter(i -> launched()).count();
    }

    private boolean launched() {
        try {
            region.launch(Market.ON_DEMAND, ZONE, 1);
            return true;
        } catch (Ec2Exception refusal) {
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("RequestLimitExceeded");
            return false;
        }
    }

    private static void throttled(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Ec2Exception.class,
                        refusal -> assertThat(refusal.awsErrorDetails().errorCode())
                                .isEqualTo("RequestLimitExceeded"));
    }
}
