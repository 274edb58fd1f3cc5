package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.Market;
import dev.mainstay.planning.Condition;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.simulation.sdk.CallBoundary;
import dev.mainstay.testing.FaultPoints;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/**
 * EC2 refuses launches, for each of its reasons, in one zone, in all of them, or on both markets, while a spot node is
 * missing. Where spot is refused everywhere on-demand is asked for within a second.
 */
class RefusedLaunchTest {
    private static final Duration SETTLED = Duration.ofMinutes(20);
    private static final Duration REFUSED_FOR = Duration.ofMinutes(30);
    private static final Duration LATENCY = Duration.ofMillis(100);
    private static final List<String> CODES = List.of(
            "InsufficientInstanceCapacity",
            "InsufficientCapacity",
            "SpotMaxPriceTooLow",
            "MaxSpotInstanceCountExceeded",
            "VcpuLimitExceeded",
            "InstanceLimitExceeded");

    /** Where launches are refused. */
    private enum Where {
        SPOT_IN_ONE_ZONE,
        SPOT_EVERYWHERE,
        SPOT_EVERYWHERE_AND_ON_DEMAND_IN_ONE_ZONE,
        EVERYTHING;

        boolean refuses(boolean spot, String subnet, String one) {
            return switch (this) {
                case SPOT_IN_ONE_ZONE -> spot && subnet.equals(one);
                case SPOT_EVERYWHERE -> spot;
                case SPOT_EVERYWHERE_AND_ON_DEMAND_IN_ONE_ZONE -> spot || subnet.equals(one);
                case EVERYTHING -> true;
            };
        }
    }

    record Refusals(String code, Where where) {}

    static Stream<Refusals> refusals() {
        return CODES.stream().flatMap(code -> Stream.of(Where.values()).map(where -> new Refusals(code, where)));
    }

    @BeforeAll
    static void count() {
        new FaultPoints(refusals().count(), refusals().count(), "kinds of refusals").print();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void asksElsewhereAtOnceAndReturnsWhenItIsOver(Refusals refusals) {
        Refuser refuser = new Refuser(refusals);
        try (Rehearsal cluster = running(refuser)) {
            refuser.begin(cluster);
            cluster.inject(new Fault.TerminateBehindBack(spot(cluster).id())).run(Duration.ofMinutes(5));

            List<Asked> asked = refuser.asked;
            if (refusals.where() == Where.EVERYTHING) {
                assertThat(asked).allMatch(Asked::refused);
                assertThat(cluster.serving()).hasSize(3);
            } else {
                assertThat(cluster.serving()).hasSize(4);
                Asked accepted =
                        asked.stream().filter(ask -> !ask.refused()).findFirst().orElseThrow();
                assertThat(accepted.spot()).isEqualTo(refusals.where() == Where.SPOT_IN_ONE_ZONE);
                int before = asked.indexOf(accepted) - 1;
                if (before >= 0) {
                    assertThat(accepted.at().minus(asked.get(before).at())).isLessThanOrEqualTo(Duration.ofSeconds(1));
                }
            }

            cluster.run(Duration.ofHours(3));
            assertThat(cluster.serving()).hasSize(4);
            assertThat(cluster.alive())
                    .hasSize(4)
                    .extracting(Machine::market)
                    .filteredOn(market -> market == Market.ON_DEMAND)
                    .hasSize(1);
        }
    }

    /** EC2 accepts twenty launches, one after the other, and ends each before it runs. */
    @Test
    void waitsLongerAndLongerWhereLaunchesEndByThemselvesAndTells() {
        try (Rehearsal cluster = running(new Refuser(null))) {
            Duration now = cluster.time().elapsed();
            cluster.inject(new Fault.EndLaunches(now.plus(Duration.ofDays(1))));
            cluster.inject(new Fault.TerminateBehindBack(spot(cluster).id()));
            long before = cluster.launched();
            List<Duration> launches = new ArrayList<>();
            while (launches.size() < 20) {
                cluster.run(Duration.ofSeconds(30));
                for (long i = launches.size(); i < cluster.launched() - before; i++) {
                    launches.add(cluster.time().elapsed());
                }
                assertThat(cluster.serving()).hasSize(3);
            }
            assertThat(launches.getLast().minus(launches.getFirst())).isGreaterThan(Duration.ofHours(2));
            assertThat(told(cluster)).contains(ConditionName.LAUNCH_BACKOFF);

            cluster.run(
                    Duration.ofDays(1).plus(now).minus(cluster.time().elapsed()).plus(Duration.ofHours(2)));
            assertThat(cluster.serving()).hasSize(4);
            assertThat(cluster.alive()).hasSize(4);
            assertThat(told(cluster)).doesNotContain(ConditionName.LAUNCH_BACKOFF);
        }
    }

    private static List<ConditionName> told(Rehearsal cluster) {
        return cluster.lastPass().plan().conditions().stream()
                .map(Condition::name)
                .toList();
    }

    private static Rehearsal running(Refuser refuser) {
        WorldSpec calm = WorldSpec.calm(7);
        WorldSpec world = calm.withApi(new WorldSpec.Api(1000, Duration.ZERO, LATENCY))
                .withHealthChecks(calm.healthChecks().withDeregistrationDelay(Duration.ofMinutes(1)));
        Rehearsal cluster = new Rehearsal(SpecDraft.micro().in(world.place()), world, refuser);
        cluster.run(SETTLED);
        assertThat(cluster.serving()).hasSize(4);
        return cluster;
    }

    private static Machine spot(Rehearsal cluster) {
        return cluster.alive().stream()
                .filter(machine -> machine.market() == Market.SPOT)
                .findFirst()
                .orElseThrow();
    }

    private record Asked(Duration at, boolean spot, boolean refused) {}

    /** Refuses launches for half an hour, and notes when each was asked for. */
    private static final class Refuser implements CallBoundary {
        private final @Nullable Refusals refusals;
        private final List<Asked> asked = new ArrayList<>();
        private @Nullable Rehearsal cluster;
        private Duration until = Duration.ZERO;

        Refuser(@Nullable Refusals refusals) {
            this.refusals = refusals;
        }

        void begin(Rehearsal running) {
            cluster = running;
            until = running.time().elapsed().plus(REFUSED_FOR);
        }

        @Override
        public <R> R carry(Call call, Supplier<R> there) {
            if (cluster == null
                    || refusals == null
                    || !(call.request() instanceof RunInstancesRequest launch)
                    || cluster.time().elapsed().compareTo(until) > 0) {
                return there.get();
            }
            boolean spot = launch.instanceMarketOptions() != null;
            String one = cluster.spec().launch().subnets().values().iterator().next();
            boolean refused = refusals.where().refuses(spot, launch.subnetId(), one);
            asked.add(new Asked(cluster.time().elapsed(), spot, refused));
            if (refused) {
                throw Ec2Exception.builder()
                        .statusCode(500)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode(refusals.code())
                                .errorMessage("no")
                                .build())
                        .build();
            }
            return there.get();
        }
    }
}
