package dev.mainstay.perturbation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wherever a golden scenario is disturbed, it ends with the very cluster with which it ends undisturbed: the same number of
 * nodes of each market, role, type and mode, launched and ended as often, not much later; it is silent then, and nothing
 * that must not be was so in between.
 *
 * <p>Here a slice of it. {@code -Dmainstay.perturbations=all} tries every point, {@code -Dmainstay.scenario=} plays that
 * scenario alone, {@code -Dmainstay.kind=} disturbs it in that way alone, and a failure prints the command that replays it.
 */
class PerturbationTest {
    private static final String WHICH = System.getProperty("mainstay.perturbations", "slice");
    private static final String ONLY = System.getProperty("mainstay.scenario", "");
    private static final String KIND = System.getProperty("mainstay.kind", "");
    private static final int PAIRS = Integer.getInteger("mainstay.pairs", CrashPairs.ENOUGH);
    private static final int QUIET_PASSES = 20;

    private static final Map<String, Undisturbed> PLAYS = new HashMap<>();

    static Stream<Arguments> trials() {
        return Scenarios.all().stream()
                .filter(scenario -> ONLY.isEmpty() || scenario.name().equals(ONLY))
                .flatMap(scenario -> Stream.of(Kind.values())
                        .filter(kind -> KIND.isEmpty() || kind.label().equals(KIND))
                        .map(kind -> Arguments.of(scenario, kind)));
    }

    static Stream<Scenario> scenarios() {
        return Scenarios.all().stream();
    }

    @AfterAll
    static void forget() {
        PLAYS.clear();
    }

    private static Undisturbed undisturbed(Scenario scenario) {
        return PLAYS.computeIfAbsent(scenario.name(), _ -> Undisturbed.of(scenario));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void undisturbedAScenarioIsAboutWhatItsNameSays(Scenario scenario) {
        assertThat(undisturbed(scenario).deeds()).isEqualTo(scenario.deeds());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("trials")
    void endsAsIfNothingHadDisturbedIt(Scenario scenario, Kind kind) {
        Trial trial = Trial.of(undisturbed(scenario), kind, PAIRS);
        List<Disturbance> all = trial.disturbances().different();
        List<String> wrong = switch (WHICH) {
            case "all" -> trial.wrong(all.parallelStream(), kind.quietPasses());
            case "slice" -> trial.wrong(trial.disturbances().slice(kind.step()).stream(), QUIET_PASSES);
            default -> trial.wrong(all.stream().filter(each -> each.name().equals(WHICH)), kind.quietPasses());
        };
        if (WHICH.equals("all")) {
            wrong.forEach(System.out::println);
            System.out.println(trial.row(wrong.size()));
        }
        assertThat(wrong).isEmpty();
    }
}
