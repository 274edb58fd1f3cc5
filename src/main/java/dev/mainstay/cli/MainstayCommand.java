package dev.mainstay.cli;

import dev.mainstay.backtest.Frame;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.simulation.soak.JournalKind;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The root of the command line. A new command is one class in this room and one entry in {@code subcommands}.
 *
 * <p>Only the command that runs the daemon may touch Spring; the others answer in well under a second because of it.
 */
@Command(
        name = "mainstay",
        description = "Keeps a small EC2 cluster of spot, on-demand and burstable nodes alive, and explains itself.",
        subcommands = {
            RunCommand.class,
            PlanCommand.class,
            ValidateCommand.class,
            StatusCommand.class,
            CreditsCommand.class,
            SimulateCommand.class,
            BacktestCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed, also when a daemon cannot be reached",
            "2:bad usage or bad config",
            "3:the answer is no"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls a command
public final class MainstayCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(
            names = Errors.STACKTRACE,
            scope = ScopeType.INHERIT,
            description = "Show where in the program an error arose.")
    @SuppressWarnings("unused") // Errors asks the arguments, which it has also when parsing failed before this one
    private boolean stacktrace;

    private MainstayCommand() {}

    /** The whole command tree, ready to execute; nothing in it is shared with another call's. */
    public static CommandLine commandLine() {
        return new CommandLine(new MainstayCommand())
                .registerConverter(Duration.class, new DurationConverter())
                .registerConverter(CreditMode.class, new LabelConverter<>(CreditMode.class))
                .registerConverter(JournalKind.class, new LabelConverter<>(JournalKind.class))
                .registerConverter(Frame.NoticeModel.class, new LabelConverter<>(Frame.NoticeModel.class))
                .registerConverter(OutputForm.class, new LabelConverter<>(OutputForm.class))
                .setParameterExceptionHandler(Errors::badUsage)
                .setExecutionExceptionHandler(Errors::failed);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing; one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
