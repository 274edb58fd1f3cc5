package dev.mainstay.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Market;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.status.Headline.Level;
import dev.mainstay.status.StatusView.ClusterView;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadlineTest {
    @Test
    void isFineWithAllInService() {
        assertThat(of(Drawn.healthy())).isEqualTo(new Headline(Level.FINE, "Fine: 4 of 4 in service."));
    }

    @Test
    void staysFineWhileStandInsServe() {
        Drawn drawn =
                Drawn.healthy().condition(ConditionName.STANDING_IN, Duration.ofHours(1), new Reason.StandingIn(1));

        assertThat(of(drawn).level()).isEqualTo(Level.FINE);
    }

    @Test
    void healsWhileFewerServeThanWanted() {
        assertThat(of(serving(3).node("i-9", "c", Market.SPOT, Phase.COMING, null, null)))
                .isEqualTo(new Headline(Level.WARNING, "Healing: 3 of 4 in service, 1 coming."));
    }

    @Test
    void isCriticalBelowTheFloor() {
        assertThat(of(serving(1))).isEqualTo(new Headline(Level.CRITICAL, "Below the floor of 2: 1 of 4 in service."));
    }

    @Test
    void asksForAPersonWhenAwsRefuses() {
        Drawn drawn = Drawn.healthy()
                .condition(
                        ConditionName.CANNOT_ACT,
                        Duration.ofMinutes(9),
                        new Reason.Refused(FailureKind.DENIED, "not authorized to ec2:TerminateInstances"));

        assertThat(of(drawn).level()).isEqualTo(Level.CRITICAL);
        assertThat(of(drawn).sentence())
                .isEqualTo("Needs attention: 4 of 4 in service; AWS refused (denied):"
                        + " not authorized to ec2:TerminateInstances.");
    }

    @Test
    void doesNotCallABlindPassFine() {
        Drawn drawn = Drawn.healthy().gap(Gap.Source.TARGET_HEALTH, Duration.ofSeconds(30), "no answer");

        assertThat(of(drawn))
                .isEqualTo(new Headline(
                        Level.WARNING, "Half blind: 4 of 4 in service when last seen (target-health: no answer)."));
    }

    @Test
    void saysWhenTheLoopHasStopped() {
        ClusterView cluster = PassReader.view(Drawn.healthy().pass(1));

        assertThat(Headline.of(cluster, Drawn.NOW.plus(Duration.ofMinutes(2))).level())
                .isEqualTo(Level.FINE);
        assertThat(Headline.of(cluster, Drawn.NOW.plus(Duration.ofMinutes(12))))
                .isEqualTo(
                        new Headline(Level.CRITICAL, "No pass since 14:03:45, 12 min ago: what stands here is old."));
    }

    @Test
    void namesTheWorstOfSeveralClusters() {
        StatusView status = new StatusView(
                "act", true, Drawn.NOW, List.of(named("blog", Drawn.healthy()), named("shop", serving(1))));

        assertThat(Headline.of(status).sentence()).isEqualTo("shop: Below the floor of 2: 1 of 4 in service.");
    }

    private static Headline of(Drawn drawn) {
        return Headline.of(PassReader.view(drawn.pass(1)), Drawn.NOW);
    }

    private static Drawn serving(int count) {
        Drawn drawn = new Drawn();
        for (int i = 0; i < count; i++) {
            drawn.node("i-" + i, "a", Market.SPOT, Phase.IN_SERVICE, null, null);
        }
        return drawn;
    }

    private static ClusterView named(String name, Drawn drawn) {
        return PassReader.view(drawn.named(new ClusterName(name)).pass(1));
    }
}
