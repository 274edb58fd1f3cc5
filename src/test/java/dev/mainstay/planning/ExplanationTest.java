package dev.mainstay.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A plan says of any node which rule looked at it, what it found, what holds it back, and when that ends. */
class ExplanationTest {
    private static Explanation of(Plan plan, String node) {
        return plan.explain(new NodeId(node)).orElseThrow();
    }

    @Test
    void aSuspectIsJudgedAtAKnownTime() {
        Sketch cluster = Sketch.healthy();
        cluster.sick("b-1").plan();
        Instant sick = cluster.now();
        Plan plan = cluster.planFor(Duration.ofMinutes(1));

        assertThat(of(plan, "b-1").findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(RuleName.GIVE_UP_SICK_NODES);
            assertThat(finding.verdict()).isEqualTo(Finding.Verdict.WAITS);
            assertThat(finding.reason()).isInstanceOf(Reason.UnhealthyFor.class);
            assertThat(finding.eligibleAt()).isEqualTo(sick.plus(Duration.ofMinutes(5)));
        });
    }

    @Test
    void whatAGuardHoldsBackStandsBesideWhatTheRuleWants() {
        Sketch cluster =
                Sketch.healthy().with(SpecDraft.micro().healsPerHour(0).build()).sick("b-1");
        cluster.planFor(Duration.ofMinutes(6));
        cluster.add("b-2", Market.SPOT, cluster.now());
        Explanation explanation = of(cluster.planFor(Duration.ofMinutes(2)), "b-1");

        assertThat(explanation.node().phase()).isEqualTo(Phase.CONDEMNED);
        assertThat(explanation.findings())
                .anyMatch(finding ->
                        finding.rule() == RuleName.DRAIN_CONDEMNED_NODES && finding.verdict() == Finding.Verdict.WANTS);
        assertThat(explanation.actions()).isEmpty();
        assertThat(explanation.withheld())
                .singleElement()
                .extracting(Withheld::guard)
                .isEqualTo(GuardName.HEAL_BUDGET);
    }

    @Test
    void anExplanationReadsAsOneWouldTellIt() {
        Sketch cluster = Sketch.healthy().sick("b-1");
        cluster.plan();
        String told = String.join("\n", ExplanationText.lines(of(cluster.planFor(Duration.ofMinutes(1)), "b-1")));

        assertThat(told).isEqualTo("""
                b-1 is suspect: sick since 08:02:00 (Target.Timeout), given up after 5m
                give-up-sick-nodes waits until 08:07:00: sick since 08:02:00 (Target.Timeout), given up after 5m; \
                otherwise if it is healthy at every target group for health.healthy-for\
                """);
    }

    @Test
    void nothingIsKnownOfAStranger() {
        assertThat(Sketch.healthy().plan().explain(new NodeId("x-9"))).isEmpty();
    }
}
