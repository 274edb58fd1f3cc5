package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cloud.aws.AwsClouds;
import dev.mainstay.cloud.aws.GivenServices;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.journal.Journal;
import dev.mainstay.journal.sqlite.SqliteJournal;
import dev.mainstay.planning.Condition;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Pass;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.Pace;
import dev.mainstay.simulation.VirtualTime;
import dev.mainstay.simulation.World;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.sdk.CallBoundary;
import dev.mainstay.simulation.sdk.SimulatedAws;
import dev.mainstay.testing.Planners;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clusters that come into the config and leave it while the daemon runs. */
class SupervisorTest {
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final List<TargetGroup> GROUPS = List.of(group("blog"), group("shop"));

    private final WorldSpec.Place place = place();
    private final VirtualTime time = new VirtualTime(Instant.parse("2026-03-02T08:00:00Z"), Pace.MAX, failure -> {
        throw new IllegalStateException(failure);
    });
    private final World world = new World(WorldSpec.calm(7).withPlace(place), time);
    private final SimulatedAws aws = new SimulatedAws(world, time, CallBoundary.OPEN);
    private final Journal journal = SqliteJournal.inMemory();
    private final List<Pass> passes = new ArrayList<>();
    private final Supervisor supervisor = new Supervisor(
            (spec, reconciler) -> new ClusterLoop(
                    spec.name().value(), spec.interval(), reconciler, time.scheduler(), time::now, passes::add),
            List.of());
    private int intents;

    @AfterEach
    void end() {
        supervisor.stop();
        time.close();
        journal.close();
    }

    @Test
    void aClusterThatIsAddedIsBuiltAndTheOtherIsLeftAlone() {
        follow(cluster("blog"));
        supervisor.start();
        run(HALF_AN_HOUR);
        List<Machine> before = alive("blog");

        follow(cluster("blog"), cluster("shop"));
        run(HALF_AN_HOUR);

        assertThat(alive("shop")).hasSize(4);
        assertThat(alive("blog")).isEqualTo(before);
    }

    @Test
    void aClusterThatIsTakenOutIsLeftAsItIsAndTheOtherGoesOn() {
        follow(cluster("blog"), cluster("shop"));
        supervisor.start();
        run(HALF_AN_HOUR);

        follow(cluster("shop"));
        end(alive("blog").getFirst());
        end(alive("shop").getFirst());
        run(HALF_AN_HOUR);

        assertThat(alive("blog")).hasSize(3);
        assertThat(alive("shop")).hasSize(4);
    }

    @Test
    void aClusterThatComesBackIsTakenUpWhereItWasLeft() {
        follow(cluster("blog"), cluster("shop"));
        supervisor.start();
        run(HALF_AN_HOUR);
        follow(cluster("shop"));
        run(HALF_AN_HOUR);
        end(alive("blog").getFirst());
        run(Duration.ofHours(3));

        follow(cluster("blog"), cluster("shop"));
        run(HALF_AN_HOUR);

        assertThat(alive("blog")).hasSize(4);
        assertThat(world.compute().everLaunched()).isEqualTo(9);
        assertThat(passes)
                .flatExtracting(pass -> pass.plan().conditions())
                .extracting(Condition::name)
                .doesNotContain(ConditionName.ANOTHER_SUPERVISOR, ConditionName.PLAN_REFUSED);
    }

    private void follow(ClusterSpec... specs) {
        supervisor.follow(
                List.of(specs),
                spec -> Reconciler.of(
                        spec,
                        AwsClouds.on(
                                new GivenServices(
                                        aws.ec2(),
                                        aws.elasticLoadBalancing(),
                                        aws.classicBalancing(),
                                        aws.autoScaling(),
                                        aws.cloudWatch()),
                                spec),
                        journal,
                        Planners.underTest(),
                        time::now,
                        () -> new IntentId("intent-" + ++intents)));
    }

    private void run(Duration length) {
        time.run(time.elapsed().plus(length));
        world.advance();
    }

    private void end(Machine machine) {
        world.inject(new Fault.TerminateBehindBack(machine.id()));
    }

    private List<Machine> alive(String cluster) {
        return world.compute().all().stream()
                .filter(machine ->
                        machine.alive() && cluster.equals(machine.tags().get(Tags.CLUSTER)))
                .toList();
    }

    /** Each in a target group of its own. */
    private ClusterSpec cluster(String name) {
        WorldSpec.Place own = new WorldSpec.Place(
                place.region(),
                place.subnets(),
                place.template(),
                GROUPS.stream().filter(group -> group.value().contains(name)).toList(),
                place.onDemandUsdPerHour());
        return SpecDraft.micro().name(name).in(own);
    }

    private static WorldSpec.Place place() {
        WorldSpec.Place usual = WorldSpec.Place.US_EAST_1;
        return new WorldSpec.Place(
                usual.region(), usual.subnets(), usual.template(), GROUPS, usual.onDemandUsdPerHour());
    }

    private static TargetGroup group(String name) {
        return new TargetGroup(
                "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/%s/0123456789abcdef".formatted(name));
    }
}
