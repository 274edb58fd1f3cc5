package dev.mainstay.cli;

import dev.mainstay.simulation.soak.DaemonParts;
import dev.mainstay.simulation.soak.FaultKind;
import dev.mainstay.simulation.soak.JournalKind;
import dev.mainstay.simulation.soak.Soak;
import dev.mainstay.simulation.soak.SoakOptions;
import dev.mainstay.simulation.soak.SoakReport;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mainstay simulate}: the fault simulation. It needs no AWS and no config. */
@Command(
        name = "simulate",
        description = {
            "Runs the unchanged daemon on a simulated AWS in which things go wrong, seed after seed.",
            "Each seed draws a cluster, a world and a schedule of faults; then everything heals, and the cluster must"
                    + " become what was asked for. Invariants are judged after every simulated call.",
            "The same seed does the same, whatever else is run. Ctrl-C ends it after the seeds under way, prints what was"
                    + " found so far, and the command that goes on."
        },
        footer = {"", "Exit code 3: an invariant was broken, or a cluster did not heal."},
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls a command
final class SimulateCommand implements Callable<Integer> {
    private static final String ALL = "all";
    private static final int MOST_NODES = 100;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many seeds; 100 when not given.")
    private int seeds;

    @Option(
            names = "--seed",
            paramLabel = "FIRST",
            defaultValue = "1",
            description = "The first seed; 1 when not given.")
    private long first;

    @Option(
            names = "--days",
            paramLabel = "DAYS",
            defaultValue = "1",
            description = "For how many simulated days things go wrong in each, such as 3 or 0.25; 1 when not given.")
    private double days;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "6",
            description = "The most nodes that a cluster wants, 1 to 100; 6 when not given.")
    private int nodes;

    @Option(
            names = "--faults",
            paramLabel = "LIST",
            split = ",",
            defaultValue = ALL,
            description = "all, or some of them with commas between: ${COMPLETION-CANDIDATES}.",
            completionCandidates = FaultNames.class)
    private List<String> faults;

    @Option(
            names = "--journal",
            paramLabel = "KIND",
            defaultValue = "memory",
            description = "memory, or file: a temporary one, left by each crash as it was; memory when not given.")
    private JournalKind journal;

    @Mixin
    private OutputOption output;

    /** The faults as they are typed. */
    static final class FaultNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return EnumSet.allOf(FaultKind.class).stream().map(FaultKind::label).iterator();
        }
    }

    @Override
    public Integer call() {
        QuietLogging.begin();
        SoakOptions options = options();
        Soak soak = new Soak(options, DaemonParts.PRODUCTION, System::nanoTime);
        int threads = Math.min(seeds, Runtime.getRuntime().availableProcessors());
        boolean _ = PosixSignal.calls("INT", soak::interrupt);
        boolean _ = PosixSignal.calls("TERM", soak::interrupt);
        SoakReport report = soak.run(threads, progress(spec.commandLine().getErr()));
        output.print(report, () -> SimulateReport.text(report));
        if (report.breached() > 0) {
            return ExitCode.NO.number();
        }
        return report.continuation() == null ? ExitCode.DONE.number() : ExitCode.FAILED.number();
    }

    private SoakOptions options() {
        if (seeds < 1 || nodes < 1 || nodes > MOST_NODES || !(days > 0 && days <= 366)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--seeds %d --days %s --nodes %d: there must be at least one seed, up to 366 days and 1 to %d nodes"
                            .formatted(seeds, days, nodes, MOST_NODES));
        }
        Duration faulty = Duration.ofMillis(Math.round(days * Duration.ofDays(1).toMillis()));
        return new SoakOptions(first, seeds, faulty, nodes, kinds(), journal);
    }

    private Set<FaultKind> kinds() {
        if (faults.equals(List.of(ALL))) {
            return EnumSet.allOf(FaultKind.class);
        }
        LabelConverter<FaultKind> converter = new LabelConverter<>(FaultKind.class);
        EnumSet<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        for (String name : faults) {
            try {
                kinds.add(converter.convert(name));
            } catch (RuntimeException unknown) {
                throw new ParameterException(spec.commandLine(), "--faults: " + unknown.getMessage(), unknown);
            }
        }
        return kinds;
    }

    /** On a terminal one line that is written over; else a line for every twentieth part. */
    private static Consumer<Soak.Progress> progress(PrintWriter err) {
        boolean terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return progress -> {
            int twentieth = Math.max(1, progress.seeds() / 20);
            if (terminal || progress.done() % twentieth == 0 || progress.done() == progress.seeds()) {
                boolean stays = !terminal || progress.done() == progress.seeds();
                err.print("%s%d of %d seeds, %d days simulated, %d breaches%s"
                        .formatted(
                                terminal ? "\r" : "",
                                progress.done(),
                                progress.seeds(),
                                progress.simulated().toDays(),
                                progress.breached(),
                                stays ? System.lineSeparator() : ""));
                err.flush();
            }
        };
    }
}
