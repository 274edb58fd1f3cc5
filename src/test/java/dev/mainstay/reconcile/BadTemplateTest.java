package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.planning.Condition;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Someone publishes a new version of the launch template, and what it makes never answers. */
class BadTemplateTest {
    private static Rehearsal settled(WorldSpec world) {
        return new Rehearsal(SpecDraft.micro().in(world.place()), world).run(Duration.ofMinutes(30));
    }

    private static boolean told(Rehearsal rehearsal) {
        return rehearsal.lastPass().plan().conditions().stream()
                .map(Condition::name)
                .anyMatch(ConditionName.TEMPLATE_BAD::equals);
    }

    private static String version(Machine machine) {
        return machine.tags().getOrDefault("aws:ec2launchtemplate:version", "none");
    }

    private static void loseTwo(Rehearsal rehearsal) {
        rehearsal.serving().subList(0, 2).forEach(id -> rehearsal.inject(new Fault.TerminateBehindBack(id)));
    }

    @Test
    void theVersionThatWorkedIsUsedAndThatIsTold() {
        try (Rehearsal rehearsal = settled(WorldSpec.calm(7))) {
            rehearsal.inject(new Fault.NewTemplateVersion(true));
            loseTwo(rehearsal);

            rehearsal.run(Duration.ofHours(2));

            assertThat(rehearsal.serving()).hasSize(4);
            assertThat(told(rehearsal)).isTrue();
            assertThat(rehearsal.alive().stream()
                            .filter(machine -> !version(machine).equals("1")))
                    .as("kept for debugging")
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void aDayLaterTheNewVersionIsTriedAgain() {
        try (Rehearsal rehearsal = settled(WorldSpec.calm(7))) {
            rehearsal.inject(new Fault.NewTemplateVersion(true));
            loseTwo(rehearsal);
            rehearsal.run(Duration.ofHours(2));
            rehearsal.inject(new Fault.NewTemplateVersion(false)).run(Duration.ofHours(25));
            assertThat(told(rehearsal)).isFalse();

            loseTwo(rehearsal);
            rehearsal.run(Duration.ofHours(1));

            assertThat(rehearsal.serving()).hasSize(4);
            assertThat(rehearsal.alive().stream()
                            .filter(machine -> version(machine).equals("3")))
                    .hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void aFailureThatIsNotTheVersionsIsNotBlamedOnIt() {
        try (Rehearsal rehearsal = settled(WorldSpec.calm(7))) {
            rehearsal.inject(new Fault.BreakLaunches(Duration.ofHours(3)));
            loseTwo(rehearsal);

            rehearsal.run(Duration.ofHours(2));

            assertThat(told(rehearsal)).isFalse();
        }
    }
}
