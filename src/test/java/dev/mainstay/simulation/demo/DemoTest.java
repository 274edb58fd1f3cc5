package dev.mainstay.simulation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.reconcile.Event;
import dev.mainstay.simulation.Pace;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DemoTest {
    private static final Duration HALF_A_DAY = Duration.ofHours(12);

    /** The day that is shipped, run once for all tests. */
    private static final Shown DAY = Shown.of(Shown.GENERATED, Duration.ofDays(1));

    @Test
    void aDayIsEventfulAndNoPlanOfItIsRefused() {
        assertThat(DAY.events()).hasSizeGreaterThanOrEqualTo(200);
        assertThat(DAY.has(Event.Kind.CONDITION, "plan-refused")).isFalse();
    }

    @Test
    void aDayLogsTheSameToTheByte() {
        assertThat(Shown.of(Shown.GENERATED, Duration.ofDays(1)).lines()).isEqualTo(DAY.lines());
    }

    @Test
    void theSameHappensAtAPaceThatWaits() {
        Duration span = Duration.ofMinutes(40);
        Demo.Options paced = new Demo.Options(7, Pace.times(20_000), List.of(), List.of(), List.of());

        assertThat(Shown.of(paced, span).lines())
                .isEqualTo(Shown.of(Shown.GENERATED, span).lines())
                .hasSizeGreaterThan(20);
    }

    @Test
    void aHungNodeIsReplacedBeforeItGoes() {
        assertThat(DAY.hours(Event.Kind.PHASE, "in-service -> suspect")).isNotEmpty();
        assertThat(DAY.hours(Event.Kind.PHASE, "suspect -> condemned: sick since"))
                .first()
                .satisfies(condemned -> assertThat(DAY.hours(Event.Kind.WRITE, "terminate"))
                        .first()
                        .satisfies(gone -> assertThat(gone).isGreaterThan(condemned)));
        assertThat(DAY.hours(Event.Kind.WRITE, "done (sick since")).isNotEmpty();
    }

    @Test
    void standInsHoldTheLineWhileSpotIsLostEverywhere() {
        assertThat(DAY.has(Event.Kind.PHASE, "doomed: AWS takes it away")).isTrue();
        assertThat(DAY.has(Event.Kind.CONDITION, "spot-unavailable: begins")).isTrue();
        assertThat(DAY.has(Event.Kind.CONDITION, "standing-in: begins")).isTrue();
        assertThat(DAY.has(Event.Kind.WRITE, "as stand-in")).isTrue();
        // Two at least were always in service, once there were any.
        assertThat(DAY.hours(Event.Kind.CONDITION, "below-floor: begins")).containsExactly(0.0);
    }

    @Test
    void standInsGoOneAtATimeOnceSpotIsBack() {
        List<Double> released = DAY.hours(Event.Kind.WRITE, "(stand-in no longer needed").stream()
                .distinct()
                .toList();

        assertThat(released).hasSizeGreaterThan(3);
        assertThat(DAY.events().stream()
                        .filter(event -> event.kind() == Event.Kind.WRITE
                                && event.subject().startsWith("deregister")
                                && event.text().contains("stand-in no longer needed"))
                        .map(Event::at))
                .doesNotHaveDuplicates();
        assertThat(DAY.has(Event.Kind.CONDITION, "standing-in: ends")).isTrue();
    }

    @Test
    void aNodeOutOfCreditsIsReplacedByAFreshOne() {
        assertThat(DAY.has(Event.Kind.PHASE, "in-service -> condemned: CPU credits end at about"))
                .isTrue();
        assertThat(DAY.events()).anySatisfy(event -> {
            assertThat(event.subject()).startsWith("terminate");
            assertThat(event.text()).startsWith("done (CPU credits end at about");
        });
    }

    @Test
    void replaysARecordedLoad() {
        Shown shown = Shown.of(Shown.replaying(List.of(recorded("load.csv")), List.of(), List.of()), HALF_A_DAY);

        assertThat(shown.has(Event.Kind.CONDITION, "cluster-overloaded: begins"))
                .isTrue();
        assertRunsWell(shown);
    }

    @Test
    void replaysRecordedPrices() {
        List<Path> files = List.of(recorded("t2.micro-us-east-1a.csv"), recorded("t2.micro-us-east-1b.csv"));

        Shown shown = Shown.of(Shown.replaying(List.of(), files, List.of()), HALF_A_DAY);

        assertThat(shown.has(Event.Kind.PHASE, "instance-terminated-by-price")).isTrue();
        assertRunsWell(shown);
    }

    @Test
    void replaysRecordedAvailability() {
        List<Path> files = List.of(recorded("us-east-1a.json"), recorded("us-east-1b.json"));

        Shown shown = Shown.of(Shown.replaying(List.of(), List.of(), files), HALF_A_DAY);

        assertThat(shown.has(Event.Kind.CONDITION, "spot-unavailable: begins")).isTrue();
        assertThat(shown.hours(Event.Kind.CONDITION, "standing-in")).hasSizeGreaterThanOrEqualTo(2);
        assertRunsWell(shown);
    }

    private static void assertRunsWell(Shown shown) {
        assertThat(shown.has(Event.Kind.CONDITION, "plan-refused")).isFalse();
        assertThat(shown.last().serving()).isGreaterThanOrEqualTo(2);
    }

    private static Path recorded(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(DemoTest.class.getResource(name)).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
