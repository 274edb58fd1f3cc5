package dev.mainstay.simulation.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.cluster.Market;
import dev.mainstay.simulation.CallFailure;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.WorldSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** Calls that fail now and then, and answers that come twice, late, in part or empty. */
class WrongAnswersTest {
    private static final String ZONE = "us-east-1a";
    private static final String TOKEN = "b7e1";

    private final Region region =
            new Region(WorldSpec.calm(7).withApi(new WorldSpec.Api(2, Duration.ZERO, Duration.ZERO)));

    @Test
    void anEmptyAnswerSucceedsAndListsNothing() {
        List<String> ids = region.serving(Market.ON_DEMAND, ZONE, 3);
        fail("Describe*", new CallFailure.EmptyAnswer());

        assertThat(region.ec2.describeInstances().hasReservations()).isTrue();
        assertThat(region.instances()).isEmpty();
        assertThat(region.health(ids.getFirst())).isEqualTo("absent");
    }

    @Test
    void halfAnAnswerLacksEveryOtherRow() {
        region.launch(Market.ON_DEMAND, ZONE, 4);
        fail("DescribeInstances", new CallFailure.HalfAnswer());

        assertThat(region.instances()).hasSize(2);
    }

    @Test
    void theFirstPageMayCallItselfTheLast() {
        region.launch(Market.ON_DEMAND, ZONE, 5);
        fail("DescribeInstances", new CallFailure.FirstPageOnly());

        assertThat(region.instances()).hasSize(2);
    }

    @Test
    void aRequestThatArrivesTwiceTakesEffectTwiceButForItsToken() {
        fail("RunInstances", new CallFailure.ArrivedTwice());

        region.launch(Market.ON_DEMAND, ZONE, 1, request -> request.clientToken(TOKEN));
        assertThat(region.world.compute().everLaunched()).isEqualTo(1);

        region.launch(Market.ON_DEMAND, ZONE, 1);
        assertThat(region.world.compute().everLaunched()).isEqualTo(3);
    }

    @Test
    void anAnswerMayBeSlowAndIsGivenUpAfterTenSeconds() {
        fail("DescribeInstances", new CallFailure.AnswerLate(Duration.ofSeconds(4)));
        region.instances();
        assertThat(region.time.elapsed()).isEqualTo(Duration.ofSeconds(4));

        fail("RunInstances", new CallFailure.AnswerLate(Duration.ofMinutes(4)));
        assertThatThrownBy(() -> region.launch(Market.ON_DEMAND, ZONE, 1)).isInstanceOf(SdkClientException.class);

        assertThat(region.time.elapsed()).isEqualTo(Duration.ofSeconds(14));
        assertThat(region.world.compute().everLaunched()).isEqualTo(1);
    }

    @Test
    void aCallThatWasGivenUpMayTakeEffectMuchLater() {
        fail("RunInstances", new CallFailure.EffectLate(Duration.ofMinutes(10)));
        assertThatThrownBy(() -> region.launch(Market.ON_DEMAND, ZONE, 1)).isInstanceOf(SdkClientException.class);

        region.passMinutes(9);
        region.world.advance();
        assertThat(region.world.compute().everLaunched()).isZero();

        region.passMinutes(1);
        region.world.advance();
        assertThat(region.world.compute().everLaunched()).isEqualTo(1);
    }

    @Test
    void aReadIsTriedThreeTimesAndAWriteOnce() {
        fail("*", CallFailure.THROTTLED);

        assertThatThrownBy(region::instances).isInstanceOf(Ec2Exception.class);
        assertThat(region.aws.attemptsMade()).isEqualTo(3);
        assertThat(region.time.elapsed()).isEqualTo(Duration.ofMillis(1_500));

        assertThatThrownBy(() -> region.launch(Market.ON_DEMAND, ZONE, 1)).isInstanceOf(Ec2Exception.class);
        assertThat(region.aws.attemptsMade()).isEqualTo(4);
    }

    @Test
    void whatIsRefusedForGoodIsTriedOnce() {
        fail("*", CallFailure.DENIED);

        assertThatThrownBy(region::instances).isInstanceOf(Ec2Exception.class);

        assertThat(region.aws.attemptsMade()).isEqualTo(1);
    }

    @Test
    void aFaultMayHitAShareOfTheCalls() {
        region.world.inject(
                new Fault.FailCalls("RunInstances", CallFailure.THROTTLED, 0.5, Duration.ZERO, Duration.ofHours(5)));
        int refused = 0;
        for (int i = 0; i < 100; i++) {
            try {
                region.launch(Market.ON_DEMAND, ZONE, 1);
            } catch (Ec2Exception throttled) {
                refused++;
            }
            region.passSeconds(10);
        }
        assertThat(refused).isBetween(35, 65);
    }

    @Test
    void aClockThatIsSkewedHasEverySignatureRefusedUntilItIsRight() {
        region.world.inject(new Fault.SkewClock(Duration.ofMinutes(15), Duration.ofMinutes(10)));

        assertThatThrownBy(region::instances)
                .isInstanceOfSatisfying(
                        Ec2Exception.class,
                        refusal -> assertThat(refusal.awsErrorDetails().errorCode())
                                .isEqualTo("SignatureDoesNotMatch"));
        assertThat(region.time.now().wall()).isEqualTo(Region.START.plus(Duration.ofMinutes(15)));

        region.passMinutes(11);
        assertThat(region.time.now().wall()).isEqualTo(Region.START.plus(Duration.ofMinutes(11)));
        assertThat(region.instances()).isEmpty();
    }

    @Test
    void aFreezeFallsBetweenAnAnswerAndItsReader() {
        region.world.inject(new Fault.Freeze("DescribeInstances", Duration.ofMinutes(40), false));
        List<String> before = region.launch(Market.ON_DEMAND, ZONE, 1);
        assertThat(region.time.elapsed()).isZero();

        var answer = region.instances();

        assertThat(region.time.elapsed()).isEqualTo(Duration.ofMinutes(40));
        assertThat(answer).singleElement().satisfies(row -> {
            assertThat(row.instanceId()).isEqualTo(before.getFirst());
            assertThat(row.state().nameAsString()).isEqualTo("pending");
        });
        region.instances();
        assertThat(region.time.elapsed()).isEqualTo(Duration.ofMinutes(40));
    }

    private void fail(String operations, CallFailure how) {
        region.world.inject(new Fault.FailCalls(
                operations, how, region.time.elapsed(), region.time.elapsed().plusHours(1)));
    }
}
