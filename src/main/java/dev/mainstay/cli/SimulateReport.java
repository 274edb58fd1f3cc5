package dev.mainstay.cli;

import dev.mainstay.simulation.soak.Breach;
import dev.mainstay.simulation.soak.SoakReport;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code mainstay simulate} found, for people. */
final class SimulateReport {
    private SimulateReport() {}

    static String text(SoakReport report) {
        StringBuilder text = new StringBuilder();
        report.breaches().forEach(breach -> text.append(text(breach)).append('\n'));
        if (report.breached() > report.breaches().size()) {
            text.append("… and %d seeds more\n\n"
                    .formatted(report.breached() - report.breaches().size()));
        }
        text.append(figures(report)).append('\n').append(strikes(report));
        if (report.continuation() != null) {
            text.append("\nGo on with:\n  ").append(report.continuation()).append('\n');
        }
        return text.toString();
    }

    private static String text(Breach breach) {
        StringBuilder text =
                new StringBuilder("BREACH in seed %d at %s: %s: %s%nReplay it with:%n  %s%nWhat came before:%n"
                        .formatted(breach.seed(), breach.at(), breach.invariant(), breach.what(), breach.command()));
        breach.events().forEach(line -> text.append("  ").append(line).append('\n'));
        return text.toString();
    }

    private static TextTable figures(SoakReport report) {
        SoakReport.Convergence healed = report.convergence();
        return new TextTable("", "")
                .row("seeds", "%d from %d".formatted(report.seeds(), report.firstSeed()))
                .row("breaches", count(report.breached()))
                .row(
                        "simulated",
                        "%s, %s node-hours"
                                .formatted(length(report.simulatedSeconds()), count(Math.round(report.nodeHours()))))
                .row("simulated : real, on one core", count(Math.round(report.simulatedToReal())))
                .row("real time, threads", "%s, %d".formatted(length(report.realSeconds()), report.threads()))
                .row("passes", count(report.passes()))
                .row("AWS calls", count(report.calls()))
                .row("AWS calls per node-hour", String.format(Locale.ROOT, "%.1f", report.apiCallsPerNodeHour()))
                .row("launches", count(report.launches()))
                .row("crashes of the daemon", count(report.crashes()))
                .row("invariant checks", count(report.invariantChecks()))
                .row("desired in service after healing, mean", length(healed.meanCapacitySeconds()))
                .row("  longest", "%s, %d passes".formatted(length(healed.maxCapacitySeconds()), healed.maxPasses()))
                .row("all as asked for after healing, mean", length(healed.meanShapeSeconds()))
                .row("  longest", length(healed.maxShapeSeconds()))
                .row("duplicates", count(report.duplicates()))
                .row("leaks", count(report.leaks()))
                .row("peak heap", "%d MB".formatted(report.peakHeapBytes() >> 20))
                .row(
                        "rarest pair of fault and write",
                        "%s, %s: %d"
                                .formatted(
                                        report.rarestPair().fault(),
                                        report.rarestPair().action(),
                                        report.rarestPair().strikes()));
    }

    private static TextTable strikes(SoakReport report) {
        Map<String, Map<String, Long>> rows = report.strikes();
        String[] headings = Stream.concat(
                        Stream.of("fault, by the write in flight"), rows.values().iterator().next().keySet().stream())
                .toArray(String[]::new);
        TextTable table = new TextTable(headings);
        rows.forEach((fault, row) ->
                table.row(Stream.concat(Stream.of(fault), row.values().stream().map(SimulateReport::count))
                        .toArray(String[]::new)));
        return table;
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String length(double seconds) {
        Duration length = Duration.ofMillis(Math.round(seconds * 1000));
        return length.toDays() >= 2
                ? String.format(Locale.ROOT, "%.1f days", seconds / 86400)
                : length.toHours() >= 2
                        ? String.format(Locale.ROOT, "%.1f h", seconds / 3600)
                        : length.toMinutes() >= 2
                                ? String.format(Locale.ROOT, "%.1f min", seconds / 60)
                                : String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
