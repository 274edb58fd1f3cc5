package dev.mainstay.cli;

import dev.mainstay.config.ConfigReader;
import dev.mainstay.config.Reading;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Reads the config for a command: tells warnings, and every mistake before it gives up. */
final class ConfigArgument {
    private ConfigArgument() {}

    static Reading.Read read(Path file, PrintWriter err) {
        return switch (ConfigReader.read(file)) {
            case Reading.Refused refused -> {
                refused.mistakes().forEach(err::println);
                int count = refused.mistakes().size();
                throw new CommandFailed(
                        ExitCode.BAD_USAGE,
                        "%s: %d %s, see above".formatted(file, count, count == 1 ? "mistake" : "mistakes"));
            }
            case Reading.Read read -> {
                read.warnings().forEach(warning -> err.println("warning: " + warning));
                yield read;
            }
        };
    }
}
