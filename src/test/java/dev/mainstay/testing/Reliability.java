package dev.mainstay.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs what docs/reliability.md has a row for, one row after the other, and writes each row as soon as it is known. Arguments
 * are the numbers of rows; without any it is all of them. Other rows stay as they are, so a run that was ended goes on with
 * those that are left. What a row prints is in {@code target/reliability}.
 */
public final class Reliability {
    static final String TESTS = "tests";

    private static final GeneratedTable TABLE = GeneratedTable.of(
            "reliability", "| # | what goes wrong | fault points, executed / total | result | by which command |");
    private static final int COUNTS = 2;
    private static final int RESULT = 3;
    private static final Path LOGS = Path.of("target/reliability");

    private final Map<String, FaultPoints> points = new LinkedHashMap<>();
    private final List<String> figures = new ArrayList<>();

    private Reliability() {}

    public static void main(String... numbers) throws IOException, InterruptedException {
        Files.createDirectories(LOGS);
        boolean passed = true;
        for (ReliabilityRow row : ReliabilityRow.all()) {
            boolean wanted = numbers.length == 0 || List.of(numbers).contains(row.number());
            if (wanted && !row.runners().isEmpty()) {
                passed &= new Reliability().run(row);
            }
        }
        System.exit(passed ? 0 : 1);
    }

    private boolean run(ReliabilityRow row) throws IOException, InterruptedException {
        boolean passed = true;
        Path log = LOGS.resolve("row-" + row.number() + ".log");
        try (PrintStream lines = new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8)) {
            for (Runner runner : row.runners()) {
                lines.println(runner.command());
                passed &= run(runner, lines);
            }
        }
        String line = row.line(counts(), passed ? "pass" : "**fails**");
        System.out.println(line);
        write(row, line);
        return passed;
    }

    private boolean run(Runner runner, PrintStream log) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(runner.arguments());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder json = new StringBuilder();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(line -> {
                log.println(line);
                FaultPoints.read(line).ifPresent(each -> points.merge(each.what(), each, FaultPoints::plus));
                if (line.startsWith("{") || !json.isEmpty()) {
                    json.append(line).append('\n');
                }
            });
        }
        int exit = process.waitFor();
        if (runner instanceof Runner.Mainstay && !json.isEmpty()) {
            soaked(JsonMapper.shared().readTree(json.toString()));
        }
        return exit == 0;
    }

    /** What {@code mainstay simulate --output json} has counted. */
    private void soaked(JsonNode report) {
        figures.add("%,d seeds, %,.0f node-hours, %,d judgements, %d breaches, %d duplicates, %d leaks"
                .formatted(
                        report.path("seeds").asLong(),
                        report.path("nodeHours").asDouble(),
                        report.path("invariantChecks").asLong(),
                        report.path("breached").asLong(),
                        report.path("duplicates").asLong(),
                        report.path("leaks").asLong()));
    }

    private String counts() {
        List<String> all = new ArrayList<>(
                points.values().stream().map(FaultPoints::toString).toList());
        all.addAll(figures);
        return all.stream().collect(Collectors.joining("<br>"));
    }

    private static void write(ReliabilityRow changed, String line) throws IOException {
        List<String> before = TABLE.rows();
        TABLE.write(ReliabilityRow.all().stream()
                .map(row -> row.equals(changed) ? line : asBefore(row, before))
                .toList());
    }

    /** What was counted before, beside what is tried now. */
    private static String asBefore(ReliabilityRow row, List<String> before) {
        return before.stream()
                .map(line -> line.split(" \\| ", -1))
                .filter(cells -> cells.length > RESULT && cells[0].equals("| " + row.number()))
                .map(cells -> row.line(cells[COUNTS], cells[RESULT]))
                .findFirst()
                .orElse(row.line("", ""));
    }
}
