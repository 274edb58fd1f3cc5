package dev.mainstay.perturbation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Disturbs golden scenarios at every point in every way, on all cores, and writes what came of it into the table of
 * docs/reliability.md. Arguments name the scenarios, separated by commas; without any it is all of them. Rows of scenarios
 * that are not played stay as they are.
 */
public final class Perturbations {
    private static final Path DOCUMENT = Path.of("docs/reliability.md");
    private static final String BEGIN = "<!-- table: perturbations -->";
    private static final String END = "<!-- end -->";
    private static final List<String> HEAD = List.of(
            "| scenario | calls | disturbed by | points | different plays | result |", "|---|---|---|---|---|---|");

    private Perturbations() {}

    public static void main(String... names) throws IOException {
        List<String> wanted = Stream.of(String.join(" ", names).split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        boolean wrong = false;
        for (Scenario scenario : Scenarios.all()) {
            if (wanted.isEmpty() || wanted.contains(scenario.name())) {
                wrong |= !disturb(scenario);
            }
        }
        System.exit(wrong ? 1 : 0);
    }

    /** Whether it ended every time as it must. */
    private static boolean disturb(Scenario scenario) throws IOException {
        Undisturbed play = Undisturbed.of(scenario);
        List<String> rows = new ArrayList<>();
        boolean well = true;
        for (Kind kind : Kind.values()) {
            Trial trial = Trial.of(play, kind);
            List<String> wrong = trial.wrong(trial.disturbances().different().parallelStream(), kind.quietPasses());
            wrong.forEach(System.out::println);
            rows.add(trial.row(wrong.size()));
            System.out.println(rows.getLast());
            well &= wrong.isEmpty();
        }
        write(scenario, rows);
        return well;
    }

    private static void write(Scenario scenario, List<String> fresh) throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END, begin);
        List<String> before = document.substring(begin, end).lines().toList();
        List<String> rows = new ArrayList<>(List.of(""));
        rows.addAll(HEAD);
        for (Scenario each : Scenarios.all()) {
            String first = "| %s |".formatted(each);
            before.stream()
                    .filter(row -> row.startsWith(first) && !each.name().equals(scenario.name()))
                    .forEach(rows::add);
            if (each.name().equals(scenario.name())) {
                rows.addAll(fresh);
            }
        }
        Files.writeString(
                DOCUMENT, document.substring(0, begin) + String.join("\n", rows) + "\n" + document.substring(end));
    }
}
