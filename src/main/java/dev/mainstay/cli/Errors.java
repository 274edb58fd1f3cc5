package dev.mainstay.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what goes wrong into one line on standard error and an exit code. */
final class Errors {
    static final String STACKTRACE = "--stacktrace";

    private Errors() {}

    /** What the user typed cannot be understood. */
    static int badUsage(ParameterException error, String[] args) {
        CommandLine command = error.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String message = message(error);
        print(command, "%s%s See %s --help.".formatted(message, message.endsWith("?") ? "" : ".", name));
        // The option may stand behind the mistake, where picocli did not come; so the arguments themselves are asked.
        if (Arrays.asList(args).contains(STACKTRACE)) {
            error.printStackTrace(command.getErr());
        }
        return ExitCode.BAD_USAGE.number();
    }

    /** What the user typed was understood, and could not be done. */
    static int failed(Exception error, CommandLine command, ParseResult parsed) {
        if (error instanceof CommandFailed known) {
            print(command, String.valueOf(known.getMessage()));
            printStackTraceIfWanted(error, command, parsed);
            return known.exitCode().number();
        }
        print(command, "unexpected: %s; %s shows where".formatted(oneLine(error.toString()), STACKTRACE));
        printStackTraceIfWanted(error, command, parsed);
        return ExitCode.FAILED.number();
    }

    private static void printStackTraceIfWanted(Exception error, CommandLine command, ParseResult parsed) {
        if (parsed.originalArgs().contains(STACKTRACE)) {
            error.printStackTrace(command.getErr());
        }
    }

    private static void print(CommandLine command, String message) {
        PrintWriter err = command.getErr();
        err.println(command.getCommandSpec().qualifiedName() + ": " + message);
        err.flush();
    }

    private static String message(ParameterException error) {
        String text = oneLine(String.valueOf(error.getMessage())).replaceFirst("^Error: ", "");
        if (error instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            if (!near.isEmpty()) {
                return text + "; did you mean " + String.join(" or ", near) + "?";
            }
        }
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }
}
