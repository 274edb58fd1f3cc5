package dev.mainstay.simulation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.planning.ConditionName;
import dev.mainstay.reconcile.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A day on each of the recorded histories that {@code docs/simulation.md} names. They are no part of the project:
 * {@code -Dmainstay.traces=DIR} names the directory that holds them.
 */
@EnabledIfSystemProperty(
        named = "mainstay.traces",
        matches = "[^$].*",
        disabledReason = "name the directory of the recorded histories with -Dmainstay.traces=DIR")
class RecordedDayTest {

    static Stream<Arguments> recorded() {
        List<Path> cpu = of("nab-cloudwatch", "24ae8d", "53ea38", "77c1ca", "825cc2").stream()
                .map(file -> file.resolveSibling("ec2_cpu_utilization_" + file.getFileName() + ".csv"))
                .toList();
        List<Path> availability = of("spothedge-ae/data", "AWS1");
        return Stream.of(
                Arguments.of("cpu", Shown.replaying(cpu, List.of(), List.of())),
                Arguments.of("c3.xlarge", Shown.replaying(List.of(), prices("c3.xlarge"), List.of())),
                Arguments.of("m3.medium", Shown.replaying(List.of(), prices("m3.medium"), List.of())),
                Arguments.of("r3.large", Shown.replaying(List.of(), prices("r3.large"), List.of())),
                Arguments.of(
                        "c5a",
                        Shown.replaying(List.of(), of("aws-spot-2023-c5a", "spot_price_history.csv"), List.of())),
                Arguments.of("spothedge", Shown.replaying(List.of(), List.of(), availability)),
                Arguments.of(
                        "ucb",
                        Shown.replaying(
                                List.of(), List.of(), of("ucb-spot-traces/availability/1-node", "aws-10-26-2022"))),
                Arguments.of("all three", Shown.replaying(cpu, prices("m3.medium"), availability)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recorded")
    void endsADayWithWhatWasWantedInServiceOrSaysWhyNot(String name, Demo.Options options) {
        Shown shown = Shown.of(options, Duration.ofDays(1));

        assertThat(shown.has(Event.Kind.CONDITION, "plan-refused")).isFalse();
        assertThat(shown.last().serving() >= 4
                        || shown.last().conditions().stream()
                                .anyMatch(condition -> condition.name() == ConditionName.BELOW_DESIRED))
                .isTrue();
    }

    private static List<Path> prices(String type) {
        return of("aws-spot-2015", type + "-us-east-1a.csv", type + "-us-east-1b.csv", type + "-us-east-1e.csv");
    }

    private static List<Path> of(String directory, String... names) {
        Path parent = Path.of(System.getProperty("mainstay.traces")).resolve(directory);
        return Stream.of(names).map(parent::resolve).toList();
    }
}
