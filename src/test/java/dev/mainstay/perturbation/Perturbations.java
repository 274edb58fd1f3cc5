package dev.mainstay.perturbation;

import dev.mainstay.testing.FaultPoints;
import dev.mainstay.testing.GeneratedTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Disturbs golden scenarios at every point in every way, on all cores, and writes what came of it into the table of
 * docs/reliability.md: {@code Perturbations [--kind KIND] [--pairs N] [SCENARIO[,SCENARIO]…]}. Without a kind it is every
 * kind, without a name every scenario, and of pairs of crashes 10,000 in each scenario that has more. Rows of what is not
 * played stay as they are.
 */
public final class Perturbations {
    private static final GeneratedTable TABLE = GeneratedTable.of(
            "perturbations", "| scenario | calls | disturbed by | points | of | different plays | result |");

    private Perturbations() {}

    public static void main(String... arguments) throws IOException {
        List<String> names = new ArrayList<>();
        List<Kind> kinds = List.of(Kind.values());
        int pairs = CrashPairs.ENOUGH;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--kind" -> kinds = List.of(Kind.labelled(arguments[++i]));
                case "--pairs" -> pairs = Integer.parseInt(arguments[++i]);
                default -> names.add(arguments[i]);
            }
        }
        List<String> wanted = Stream.of(String.join(" ", names).split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        boolean well = true;
        for (Scenario scenario : Scenarios.all()) {
            if (wanted.isEmpty() || wanted.contains(scenario.name())) {
                Undisturbed play = Undisturbed.of(scenario);
                for (Kind kind : kinds) {
                    well &= disturb(Trial.of(play, kind, pairs));
                }
            }
        }
        System.exit(well ? 0 : 1);
    }

    /** Whether it ended every time as it must. */
    private static boolean disturb(Trial trial) throws IOException {
        Kind.Disturbances all = trial.disturbances();
        List<String> wrong =
                trial.wrong(all.different().parallelStream(), trial.kind().quietPasses());
        wrong.forEach(System.out::println);
        String row = trial.row(wrong.size());
        System.out.println(row);
        new FaultPoints(all.tried(), all.points(), trial.kind().what()).print();
        TABLE.write(merged(trial, row));
        return wrong.isEmpty();
    }

    private static List<String> merged(Trial fresh, String row) throws IOException {
        List<String> before = TABLE.rows();
        List<String> rows = new ArrayList<>();
        for (Scenario scenario : Scenarios.all()) {
            for (Kind kind : Kind.values()) {
                if (fresh.play().scenario().name().equals(scenario.name()) && fresh.kind() == kind) {
                    rows.add(row);
                } else {
                    before.stream()
                            .filter(old -> old.startsWith("| %s |".formatted(scenario))
                                    && old.contains("| %s |".formatted(kind.what())))
                            .forEach(rows::add);
                }
            }
        }
        return rows;
    }
}
