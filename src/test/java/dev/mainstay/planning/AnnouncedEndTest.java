package dev.mainstay.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.ScheduledEvent;
import dev.mainstay.cluster.ScheduledEvent.Kind;
import dev.mainstay.testing.Sketch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** EC2 announces what it will do to instances, often two weeks ahead. */
class AnnouncedEndTest {
    private static final Duration TWO_WEEKS = Duration.ofDays(14);

    @ParameterizedTest
    @CsvSource({
        "INSTANCE_RETIREMENT, degraded hardware, true",
        "INSTANCE_STOP, degraded hardware, true",
        "INSTANCE_REBOOT, maintenance, false",
        "SYSTEM_REBOOT, maintenance, false",
        "SYSTEM_MAINTENANCE, network, false",
        "UNKNOWN, something new, false",
        "INSTANCE_RETIREMENT, [Completed] degraded hardware, false",
        "INSTANCE_STOP, [Canceled] degraded hardware, false"
    })
    void anEndIsReplacedAheadOfItsDateAndARebootIsNot(Kind kind, String description, boolean replaced) {
        Sketch sketch = Sketch.healthy();
        sketch.announced("b-1", new ScheduledEvent(kind, sketch.now().plus(TWO_WEEKS), description));

        Plan plan = sketch.planFor(Duration.ofMinutes(1));

        assertThat(condemned(sketch)).isEqualTo(replaced ? List.of("b-1") : List.of());
        assertThat(plan.actions())
                .extracting(Action::kind)
                .isEqualTo(replaced ? List.of(ActionKind.LAUNCH) : List.of());
    }

    @Test
    void oneAfterTheOtherTheNearestFirst() {
        Sketch sketch = Sketch.healthy();
        Instant now = sketch.now();
        sketch.announced("b-1", retirement(now.plus(TWO_WEEKS)));
        sketch.announced("c-1", retirement(now.plus(Duration.ofDays(3))));

        Plan plan = sketch.plan();

        assertThat(condemned(sketch)).containsExactly("c-1");
        assertThat(plan.explain(new NodeId("b-1")).orElseThrow().withheld())
                .extracting(Withheld::guard)
                .containsExactly(GuardName.DISRUPTION_BUDGET);
    }

    @Test
    void aCanceledAnnouncementPardons() {
        Sketch sketch = Sketch.healthy();
        sketch.announced("b-1", retirement(sketch.now().plus(TWO_WEEKS))).plan();

        sketch.announced("b-1").planFor(Duration.ofMinutes(1));

        assertThat(condemned(sketch)).isEmpty();
    }

    @Test
    void aStatusThatCannotBeReadPardonsNobody() {
        Sketch sketch = Sketch.healthy();
        sketch.announced("b-1", retirement(sketch.now().plus(TWO_WEEKS))).plan();

        sketch.announced("b-1")
                .checked("b-1", dev.mainstay.cluster.StatusCheck.UNKNOWN)
                .blind(Gap.Source.STATUS_CHECKS)
                .planFor(Duration.ofMinutes(1));

        assertThat(condemned(sketch)).containsExactly("b-1");
    }

    private static ScheduledEvent retirement(Instant notBefore) {
        return new ScheduledEvent(Kind.INSTANCE_RETIREMENT, notBefore, "degraded hardware");
    }

    private static List<String> condemned(Sketch sketch) {
        return sketch.memory().nodes().values().stream()
                .filter(node -> node.condemned() != null)
                .map(node -> node.instance().id().value())
                .toList();
    }
}
