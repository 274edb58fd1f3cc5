package dev.mainstay.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.testing.Sketch;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The on-demand nodes that must be in service. */
class BaseTest {
    @Test
    void keepsTheLastOnDemandNodeUntilAnotherOneServesHoweverManySpotNodesDo() {
        Plan plan = Sketch.healthy()
                .spot("b-2")
                .spot("c-2")
                .credits("a-1", 0.4, 10.2)
                .planFor(Duration.ofMinutes(12));

        assertThat(plan.nodes())
                .filteredOn(node -> node.id().value().equals("a-1"))
                .singleElement()
                .satisfies(node -> assertThat(node.phase()).isEqualTo(Phase.CONDEMNED));
        assertThat(plan.actions()).extracting(Action::kind).doesNotContain(ActionKind.TERMINATE);
        assertThat(plan.actions())
                .noneMatch(action ->
                        action.subject().filter(id -> id.value().equals("a-1")).isPresent());
        assertThat(plan.withheld()).extracting(Withheld::guard).contains(GuardName.BASE);
    }

    @Test
    void oneThatTheBaseHoldsBackLeavesItsTurnToTheNext() {
        Plan plan = Sketch.healthy()
                .spot("b-2")
                .credits("a-1", 0.4, 10.2)
                .credits("c-1", 0.4, 10.2)
                .planFor(Duration.ofMinutes(12));

        assertThat(plan.withheld()).extracting(Withheld::guard).contains(GuardName.BASE);
        assertThat(plan.actions())
                .filteredOn(Action.Deregister.class::isInstance)
                .singleElement()
                .satisfies(action ->
                        assertThat(action.subject().orElseThrow().value()).isEqualTo("c-1"));
    }
}
