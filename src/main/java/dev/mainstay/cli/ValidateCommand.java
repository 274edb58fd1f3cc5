package dev.mainstay.cli;

import dev.mainstay.config.ConfigReader;
import dev.mainstay.config.Reading;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mainstay validate}: every mistake in a config file at once. It asks nobody: neither AWS nor a daemon. */
@Command(
        name = "validate",
        description = "Tells every mistake in a config file at once, as file:line:column: key: what is wrong.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit code 0 when the file can be used, 2 when not."})
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls a command
final class ValidateCommand implements Callable<Integer> {
    private static final int FINE = 0;
    private static final int BAD_CONFIG = 2;

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The config file.")
    private Path config;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        return switch (ConfigReader.read(config)) {
            case Reading.Refused refused -> {
                refused.mistakes().forEach(err::println);
                yield BAD_CONFIG;
            }
            case Reading.Read read -> {
                read.warnings().forEach(warning -> err.println("warning: " + warning));
                int clusters = read.config().clusters().size();
                spec.commandLine()
                        .getOut()
                        .println("%s: %d %s, fine".formatted(config, clusters, clusters == 1 ? "cluster" : "clusters"));
                yield FINE;
            }
        };
    }
}
