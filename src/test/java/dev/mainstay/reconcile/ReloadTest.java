package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.planning.Condition;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Phase;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The config changes while the daemon runs. */
class ReloadTest {
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    @Test
    void aChangedSpecIsFollowedAtOnceWithTheMemoryThatIsThere() {
        try (Rehearsal rehearsal = Rehearsal.calm(7, SpecDraft.micro().interval(Duration.ofMinutes(10)))) {
            rehearsal.run(HALF_AN_HOUR.plusSeconds(30));
            long launched = rehearsal.launched();
            long passes = rehearsal.passes().size();

            rehearsal.reload(SpecDraft.micro().desired(5)).run(Duration.ofSeconds(20));

            assertThat(rehearsal.launched()).isEqualTo(launched + 1);
            assertThat(rehearsal.lastPass().number()).isEqualTo(passes + 1);
            assertThat(rehearsal.run(Duration.ofMinutes(5)).passes()).hasSizeGreaterThan((int) passes + 9);
        }
    }

    @Test
    void anUnchangedSpecChangesNothing() {
        try (Rehearsal rehearsal = Rehearsal.calm(7)) {
            rehearsal.run(HALF_AN_HOUR);
            List<String> before = rehearsal.writes();

            rehearsal.reload(SpecDraft.micro()).run(Duration.ofHours(1));

            assertThat(rehearsal.writes()).isEqualTo(before);
        }
    }

    @Test
    void anotherTemplateVersionRotatesNothing() {
        try (Rehearsal rehearsal = Rehearsal.calm(7)) {
            rehearsal.run(HALF_AN_HOUR);
            List<String> before = List.copyOf(rehearsal.writes());

            rehearsal.reload(SpecDraft.micro().templateVersion("7")).run(Duration.ofHours(6));

            assertThat(rehearsal.writes()).isEqualTo(before);
        }
    }

    @Test
    void aConfigThatCannotBeUsedIsToldUntilTheNextGoodOne() {
        try (Rehearsal rehearsal = Rehearsal.calm(7)) {
            rehearsal.run(HALF_AN_HOUR);
            List<String> before = List.copyOf(rehearsal.writes());

            rehearsal.reloadRefused("x.yaml:3:1: mainstay.clusters.blog.capacity.min: 9 is above desired 4");
            rehearsal.run(Duration.ofHours(1));
            assertThat(conditions(rehearsal)).contains(ConditionName.CONFIG_REFUSED);
            assertThat(rehearsal.writes()).isEqualTo(before);

            rehearsal.reload(SpecDraft.micro()).run(Duration.ofMinutes(1));
            assertThat(conditions(rehearsal)).doesNotContain(ConditionName.CONFIG_REFUSED);
        }
    }

    @Test
    void aClusterThatIsNoLongerInTheConfigIsLeftAsItIs() {
        try (Rehearsal rehearsal = Rehearsal.calm(7)) {
            rehearsal.run(HALF_AN_HOUR);
            int passes = rehearsal.passes().size();
            List<String> before = List.copyOf(rehearsal.writes());

            rehearsal.unsupervised().run(Duration.ofHours(1));

            assertThat(rehearsal.passes()).hasSize(passes);
            assertThat(rehearsal.writes()).isEqualTo(before);
            assertThat(rehearsal.serving()).hasSize(4);
        }
    }

    @Test
    void aTargetGroupThatIsAddedGetsEveryNodeAndNobodyIsReplacedForIt() {
        WorldSpec.Place one = WorldSpec.Place.US_EAST_1;
        WorldSpec.Place two = new WorldSpec.Place(
                one.region(),
                one.subnets(),
                one.template(),
                List.of(
                        one.targetGroups().getFirst(),
                        new TargetGroup(
                                "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/api/0123456789abcdef")),
                one.onDemandUsdPerHour());
        try (Rehearsal rehearsal =
                new Rehearsal(SpecDraft.micro().in(one), WorldSpec.calm(7).withPlace(two))) {
            rehearsal.run(Duration.ofHours(1));
            int before = rehearsal.writes().size();

            rehearsal.reload(SpecDraft.micro().in(two)).run(Duration.ofHours(2));

            assertThat(rehearsal.writes().subList(before, rehearsal.writes().size()))
                    .hasSize(4)
                    .allMatch(write -> write.startsWith("register"));
            assertThat(rehearsal
                            .world()
                            .targetGroups()
                            .targets(two.targetGroups().getLast()))
                    .hasSize(4)
                    .allMatch(target -> target.health().healthy());
            assertThat(rehearsal.lastPass().plan().nodes()).allMatch(node -> node.phase() == Phase.IN_SERVICE);
        }
    }

    @Test
    void ofTwoReloadsInARowTheLastOneHolds() {
        try (Rehearsal rehearsal = Rehearsal.calm(7)) {
            rehearsal.run(HALF_AN_HOUR);

            rehearsal
                    .reload(SpecDraft.micro().desired(5))
                    .reload(SpecDraft.micro().desired(6));
            rehearsal.run(HALF_AN_HOUR);

            assertThat(rehearsal.serving()).hasSize(6);
        }
    }

    private static List<ConditionName> conditions(Rehearsal rehearsal) {
        return rehearsal.lastPass().plan().conditions().stream()
                .map(Condition::name)
                .toList();
    }
}
