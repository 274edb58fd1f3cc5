package dev.mainstay.simulation.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.MetricsFailure;
import dev.mainstay.simulation.WorldSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

class FaultsTest {
    private static final String ZONE = "us-east-1a";
    private static final String CPU = "CPUUtilization";
    private static final String ELSEWHERE = "us-east-1b";

    private final Region region = new Region(WorldSpec.calm(7));

    @Test
    void aHungNodeRecovers() {
        String id = region.serving(Market.ON_DEMAND, ZONE, 1).getFirst();
        region.world.inject(new Fault.Hang(Region.node(id)));
        region.passMinutes(2);
        assertThat(region.health(id)).isEqualTo("unhealthy Target.Timeout");

        region.world.inject(new Fault.Recover(Region.node(id)));
        region.passMinutes(3);

        assertThat(region.health(id)).isEqualTo("healthy");
    }

    @Test
    void anOutageHoldsUpOldAndYoungUntilItIsOver() {
        String old = region.serving(Market.ON_DEMAND, ZONE, 1).getFirst();
        region.world.inject(new Fault.Outage(null, in(Duration.ofMinutes(20))));

        String young = region.serving(Market.ON_DEMAND, ELSEWHERE, 1).getFirst();
        region.passMinutes(2);
        assertThat(region.health(old)).isEqualTo("unhealthy Target.Timeout");
        assertThat(region.health(young)).isEqualTo("unhealthy Target.FailedHealthChecks");

        region.passMinutes(20);
        assertThat(List.of(old, young))
                .allSatisfy(id -> assertThat(region.health(id)).isEqualTo("healthy"));
    }

    @Test
    void anOutageOfOneZoneSparesTheOthers() {
        String here = region.serving(Market.ON_DEMAND, ZONE, 1).getFirst();
        String there = region.serving(Market.ON_DEMAND, ELSEWHERE, 1).getFirst();

        region.world.inject(new Fault.Outage(new Zone(ZONE), in(Duration.ofMinutes(20))));
        region.passMinutes(2);

        assertThat(region.health(here)).isEqualTo("unhealthy Target.Timeout");
        assertThat(region.health(there)).isEqualTo("healthy");
    }

    @Test
    void whatABrokenImageStartsNeverAnswers() {
        region.world.inject(new Fault.BreakLaunches(in(Duration.ofMinutes(1))));
        String broken = region.serving(Market.ON_DEMAND, ZONE, 1).getFirst();
        String sound = region.serving(Market.ON_DEMAND, ZONE, 1).getFirst();

        region.passMinutes(30);

        assertThat(region.health(broken)).isEqualTo("unhealthy Target.FailedHealthChecks");
        assertThat(region.health(sound)).isEqualTo("healthy");
    }

    @Test
    void aNodeThatSomeoneStopsLeavesTheRotationAndIsStillListed() {
        String id = region.serving(Market.ON_DEMAND, ZONE, 1).getFirst();

        region.world.inject(new Fault.Stop(Region.node(id)));
        assertThat(region.state(id)).isEqualTo("stopping");
        region.passMinutes(61);

        assertThat(region.state(id)).isEqualTo("stopped");
        assertThat(region.health(id)).isEqualTo("absent");
        region.terminate(id);
        region.passMinutes(1);
        assertThat(region.state(id)).isEqualTo("terminated");
    }

    @Test
    void otherHandsTakeANodeOutAndChangeItsTags() {
        String id = region.serving(Market.ON_DEMAND, ZONE, 1).getFirst();

        region.world.inject(new Fault.Deregister(Region.node(id)));
        region.world.inject(new Fault.Tag(Region.node(id), "owner", "eve"));

        assertThat(region.health(id)).isEqualTo("draining Target.DeregistrationInProgress");
        assertThat(region.instance(id).tags())
                .anySatisfy(tag -> assertThat(tag.value()).isEqualTo("eve"));

        region.world.inject(new Fault.Tag(Region.node(id), "owner", null));
        assertThat(region.instance(id).tags())
                .noneSatisfy(tag -> assertThat(tag.key()).isEqualTo("owner"));
    }

    @Test
    void aSpotNodeIsTakenBackWithItsNoticeOrWithout() {
        String told = region.serving(Market.SPOT, ZONE, 1).getFirst();
        String untold = region.serving(Market.SPOT, ELSEWHERE, 1).getFirst();

        region.world.inject(new Fault.Interrupt(Region.node(told), true));
        region.world.inject(new Fault.Interrupt(Region.node(untold), false));

        assertThat(region.request(told).status().code()).isEqualTo("instance-terminated-no-capacity");
        assertThat(region.request(untold).status().code()).isEqualTo("fulfilled");
        region.passMinutes(2);
        assertThat(List.of(told, untold))
                .allSatisfy(id -> assertThat(region.state(id)).isEqualTo("shutting-down"));
    }

    @Test
    void refusesLaunchesOnOneMarketOfOneZone() {
        region.world.inject(new Fault.RefuseLaunches(new Zone(ZONE), Market.SPOT, in(Duration.ofMinutes(5))));

        refused("InsufficientInstanceCapacity", () -> region.launch(Market.SPOT, ZONE, 1));
        assertThat(region.launch(Market.ON_DEMAND, ZONE, 1)).hasSize(1);
        assertThat(region.launch(Market.SPOT, ELSEWHERE, 1)).hasSize(1);
        region.passMinutes(5);
        assertThat(region.launch(Market.SPOT, ZONE, 1)).hasSize(1);
    }

    @Test
    void refusesToTerminateWhatIsProtected() {
        String id = region.serving(Market.ON_DEMAND, ZONE, 1).getFirst();

        region.world.inject(new Fault.ForbidTermination(Region.node(id)));

        refused("OperationNotPermitted", () -> region.terminate(id));
        assertThat(region.state(id)).isEqualTo("running");
    }

    @Test
    void acceptsATerminationAndCarriesItOutLate() {
        String id = region.serving(Market.ON_DEMAND, ZONE, 1).getFirst();
        region.world.inject(new Fault.DelayTerminations(in(Duration.ofMinutes(10))));

        region.terminate(id);
        region.passMinutes(9);
        assertThat(region.state(id)).isEqualTo("running");

        region.passMinutes(1);
        assertThat(region.state(id)).isEqualTo("shutting-down");
    }

    @Test
    void leavesNodesOutOfDescriptionsForAWhile() {
        List<String> ids = region.launch(Market.ON_DEMAND, ZONE, 2);
        region.world.inject(new Fault.Hide(null, in(Duration.ofMinutes(5))));

        assertThat(region.instances()).isEmpty();
        assertThat(region.ec2
                        .describeInstances(request -> request.instanceIds(ids))
                        .reservations())
                .isNotEmpty();
        region.passMinutes(5);

        assertThat(region.instances()).hasSize(ids.size());
    }

    @Test
    void whatIsLaunchedEndsByItselfBeforeItRuns() {
        region.world.inject(new Fault.EndLaunches(in(Duration.ofMinutes(5))));

        String id = region.launch(Market.SPOT, ZONE, 1).getFirst();
        assertThat(region.state(id)).isEqualTo("pending");
        region.passMinutes(2);

        assertThat(region.state(id)).isEqualTo("terminated");
        assertThat(region.instance(id).stateReason().code()).isEqualTo("Server.InternalError");
        region.passMinutes(3);
        String sound = region.launch(Market.SPOT, ZONE, 1).getFirst();
        region.passMinutes(1);
        assertThat(region.state(sound)).isEqualTo("running");
    }

    @Test
    void aNoticeMayComeLateOrForNothing() {
        String late = region.serving(Market.SPOT, ZONE, 1).getFirst();
        String falsely = region.serving(Market.SPOT, ELSEWHERE, 1).getFirst();

        region.world.inject(new Fault.InterruptLate(Region.node(late), Duration.ofSeconds(20)));
        region.world.inject(new Fault.NoticeFalsely(Region.node(falsely)));

        assertThat(region.request(falsely).status().code()).isEqualTo("marked-for-termination");
        region.passSeconds(99);
        assertThat(region.request(late).status().code()).isEqualTo("fulfilled");
        region.passSeconds(2);
        assertThat(region.request(late).status().code()).isEqualTo("instance-terminated-no-capacity");
        region.passSeconds(20);
        assertThat(region.state(late)).isEqualTo("shutting-down");
        assertThat(region.state(falsely)).isEqualTo("running");
    }

    @Test
    void theBalancerMayMisjudgeAll() {
        String id = region.serving(Market.ON_DEMAND, ZONE, 1).getFirst();
        region.world.inject(new Fault.MisjudgeTargets(
                new TargetHealth(TargetHealth.State.UNHEALTHY, "Elb.InternalError"), in(Duration.ofMinutes(5))));

        assertThat(region.health(id)).isEqualTo("unhealthy Elb.InternalError");
        assertThat(region.world.targetGroups().rotation()).hasSize(1);
        region.passMinutes(5);
        assertThat(region.health(id)).isEqualTo("healthy");
    }

    @Test
    void metricsMayBeSpoilt() {
        String id = region.serving(Market.ON_DEMAND, ZONE, 1).getFirst();
        region.passMinutes(32);
        int all = cpu(id).size();
        assertThat(all).isGreaterThanOrEqualTo(4);

        spoil(MetricsFailure.MISSING);
        assertThat(cpu(id)).isEmpty();
        region.passMinutes(1);
        spoil(MetricsFailure.GAPS);
        assertThat(cpu(id)).hasSizeBetween(1, all - 1);
        region.passMinutes(1);
        spoil(MetricsFailure.NOT_A_NUMBER);
        assertThat(cpu(id)).isNotEmpty().allSatisfy(value -> assertThat(value).isNaN());
        region.passMinutes(1);
        assertThat(cpu(id)).isNotEmpty().noneSatisfy(value -> assertThat(value).isNaN());
    }

    @Test
    void metricsMayStandStill() {
        String id = region.serving(Market.ON_DEMAND, ZONE, 1).getFirst();
        region.passMinutes(17);
        region.world.inject(new Fault.SpoilMetrics(MetricsFailure.STALE, in(Duration.ofMinutes(20))));
        Instant last = region.samples(id, CPU).timestamps().getFirst();

        region.passMinutes(12);

        assertThat(region.samples(id, CPU).timestamps().getFirst()).isBetween(last, last.plus(Duration.ofMinutes(5)));
    }

    private void spoil(MetricsFailure how) {
        region.world.inject(new Fault.SpoilMetrics(how, in(Duration.ofMinutes(1))));
    }

    private List<Double> cpu(String id) {
        return region.samples(id, CPU).values();
    }

    private Duration in(Duration length) {
        return region.time.elapsed().plus(length);
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Ec2Exception.class,
                        refusal -> assertThat(refusal.awsErrorDetails().errorCode())
                                .isEqualTo(code));
    }
}
