package dev.mainstay.cli;

import dev.mainstay.backtest.Backtest;
import dev.mainstay.backtest.BacktestReport;
import dev.mainstay.backtest.Contender;
import dev.mainstay.backtest.Frame;
import dev.mainstay.backtest.Limit;
import dev.mainstay.backtest.Markets;
import dev.mainstay.backtest.policy.Policies;
import dev.mainstay.simulation.trace.TraceException;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mainstay backtest}: recorded history through the daemon's planner and through baselines. It needs no AWS. */
@Command(
        name = "backtest",
        description = {
            "Replays recorded spot history through the daemon's planner, beside baseline policies.",
            "Give it where spot was to be had (--availability) or what it cost (--prices).",
            "The same files and options give the same figures."
        },
        footer = {
            "",
            "Examples:",
            "  mainstay backtest --availability traces/AWS1 --nodes 3",
            "  mainstay backtest --prices history.json --config mainstay.yaml --fail-if 'availability<0.999'",
            "",
            "Exit code 3: a limit of --fail-if is missed."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls a command
final class BacktestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BacktestFrame frame;

    @Option(
            names = "--policy",
            paramLabel = "NAME[:ARG]",
            split = ",",
            description = "What is compared, with commas between; all that fit the history when not given. One of"
                    + " ${COMPLETION-CANDIDATES}.",
            completionCandidates = PolicyNames.class)
    private List<String> policies = List.of();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "A cluster's config, to be what the policy mainstay is; several are compared. Its zones, types and"
                            + " interval are those of the history.")
    private List<Path> configs = List.of();

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "Which cluster of the config, where it has several.")
    private @Nullable String cluster;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many runs of each policy, each with lots of its own; 3 when not given.")
    private int seeds;

    @Option(
            names = "--fail-if",
            paramLabel = "LIMIT",
            description =
                    "Such as availability<0.999 or cost>0.5: exit code 3 where it holds for the policy mainstay, or"
                            + " for another as in spothedge:1/cost>0.6.")
    private List<String> failIf = List.of();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many runs at a time; one on each core when not given.")
    private @Nullable Integer threads;

    @Mixin
    private OutputOption output;

    /** The policies as they are typed. */
    static final class PolicyNames extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        PolicyNames() {
            super(Policies.help());
        }
    }

    @Override
    public Integer call() {
        QuietLogging.begin();
        List<Limit> limits = failIf.stream()
                .map(text -> usage("--fail-if", () -> Limit.of(text)))
                .toList();
        BacktestConfigs read =
                BacktestConfigs.read(configs, cluster, spec.commandLine().getErr());
        Frame replayed = frame.frame(spec, read.capacity());
        Markets markets = markets(replayed);
        List<Contender> contenders = contenders(read);
        limits.forEach(limit -> known(limit, contenders));
        PrintWriter err = spec.commandLine().getErr();
        markets.remarks().forEach(remark -> err.println("note: " + remark));
        Backtest backtest = new Backtest(replayed, markets.all(), contenders, positive("--seeds", seeds));
        int cores = Runtime.getRuntime().availableProcessors();
        BacktestReport report = new BacktestReport(
                backtest.setting(frame.kind(), markets.remarks()),
                backtest.run(positive("--threads", threads == null ? cores : threads), progress(err)));
        output.print(report, () -> BacktestTable.text(report));
        List<String> missed = limits.stream()
                .flatMap(limit -> limit.missed(report.policies()).stream())
                .toList();
        missed.forEach(one -> err.println("limit missed: " + one));
        err.flush();
        return (missed.isEmpty() ? ExitCode.DONE : ExitCode.NO).number();
    }

    private Markets markets(Frame replayed) {
        try {
            return frame.markets(spec, replayed);
        } catch (TraceException e) {
            PrintWriter err = spec.commandLine().getErr();
            e.messages().forEach(err::println);
            int count = e.messages().size();
            throw new CommandFailed(
                    ExitCode.BAD_USAGE,
                    "the history cannot be replayed: %d %s, see above"
                            .formatted(count, count == 1 ? "mistake" : "mistakes"));
        }
    }

    private List<Contender> contenders(BacktestConfigs read) {
        List<String> names = policies.isEmpty() ? Policies.usual(frame.prices()) : policies;
        List<Contender> contenders = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (String name : names) {
            List<Contender> meant =
                    name.equals(Policies.MAINSTAY) && !read.clusters().isEmpty()
                            ? read.contenders()
                            : List.of(usage("--policy", () -> Policies.named(name)));
            meant.stream().filter(one -> taken.add(one.name())).forEach(contenders::add);
        }
        return contenders;
    }

    /** A limit about nobody would never be missed. */
    private void known(Limit limit, List<Contender> contenders) {
        boolean known = contenders.stream()
                .anyMatch(one -> limit.policy().map(one.name()::equals).orElse(one.ofDaemon()));
        if (!known) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--fail-if %s: the policy %s is not compared; add it to --policy"
                            .formatted(limit.text(), limit.policy().orElse(Policies.MAINSTAY)));
        }
    }

    private int positive(String option, int number) {
        if (number < 1 || number > 10_000) {
            throw new ParameterException(
                    spec.commandLine(), "%s %d: needs a number from 1 to 10000".formatted(option, number));
        }
        return number;
    }

    private <T> T usage(String option, Callable<T> reading) {
        try {
            return reading.call();
        } catch (Exception e) {
            throw new ParameterException(
                    spec.commandLine(), option + ": " + Objects.requireNonNullElse(e.getMessage(), ""), e);
        }
    }

    /** On a terminal one line that is written over; else a line for every tenth part. */
    private static Consumer<Backtest.Progress> progress(PrintWriter err) {
        boolean terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return progress -> {
            int tenth = Math.max(1, progress.runs() / 10);
            boolean last = progress.done() == progress.runs();
            if (terminal || progress.done() % tenth == 0 || last) {
                err.print("%s%d of %d runs%s"
                        .formatted(
                                terminal ? "\r" : "",
                                progress.done(),
                                progress.runs(),
                                terminal && !last ? "" : System.lineSeparator()));
                err.flush();
            }
        };
    }
}
