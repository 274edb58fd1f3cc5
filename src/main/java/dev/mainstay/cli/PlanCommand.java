package dev.mainstay.cli;

import dev.mainstay.SupervisorConfiguration;
import dev.mainstay.cluster.Mode;
import dev.mainstay.config.MainstayConfig;
import dev.mainstay.journal.JournalException;
import dev.mainstay.journal.sqlite.SqliteJournal;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.PublishedPasses;
import dev.mainstay.simulation.Pace;
import dev.mainstay.simulation.demo.Demo;
import dev.mainstay.status.StatusReader;
import dev.mainstay.status.StatusView;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mainstay plan}: one pass, without its writes. It looks at a copy of the journal, so a daemon may be running. */
@Command(
        name = "plan",
        description = {
            "Shows what a pass would do now, and why; writes nothing, neither to AWS nor to the journal.",
            "Without a config it plans the first pass of the demo."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Exit code 0 when nothing is to be done, 3 when changes are wanted, 1 when AWS could not be read."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls a command
final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "The config file.")
    private @Nullable Path config;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() {
        QuietLogging.begin();
        List<Pass> passes = config == null ? List.of(demo()) : passes(config);
        Mode mode = passes.getFirst().spec().mode();
        PublishedPasses published =
                new PublishedPasses(passes.stream().map(Pass::spec).toList());
        passes.forEach(published::publish);
        InstantSource clock = () -> passes.getLast().observation().at().wall();
        StatusView view = new StatusReader(published, () -> mode, clock).status();
        output.print(view, () -> StatusReport.of(view));
        if (!passes.stream().allMatch(pass -> pass.observation().sees())) {
            // Nobody who cannot see may say that nothing is to be done.
            return ExitCode.FAILED.number();
        }
        return (passes.stream().anyMatch(PlanCommand::wantsChanges) ? ExitCode.NO : ExitCode.DONE).number();
    }

    /** In observe mode, and during a pause, what is wanted is all withheld, and wanted none the less. */
    private static boolean wantsChanges(Pass pass) {
        return !pass.plan().actions().isEmpty()
                || pass.plan().withheld().stream()
                        .anyMatch(withheld ->
                                withheld.guard() == GuardName.OBSERVE_MODE || withheld.guard() == GuardName.PAUSED);
    }

    private static Pass demo() {
        Demo.Options options = new Demo.Options(DemoArguments.SEED, Pace.MAX, List.of(), List.of(), List.of());
        try (Demo demo = new Demo(options, SqliteJournal.inMemory(), pass -> {})) {
            return demo.preview();
        }
    }

    private List<Pass> passes(Path file) {
        MainstayConfig read =
                ConfigArgument.read(file, spec.commandLine().getErr()).config();
        try {
            return SupervisorConfiguration.preview(read, SupervisorConfiguration.surroundings(file));
        } catch (JournalException e) {
            throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }
}
