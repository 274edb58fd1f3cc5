package dev.mainstay.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One call of the command line, and what came of it. */
record Invocation(int exitCode, String out, String err) {

    static Invocation of(String... args) {
        return of(MainstayCommand.commandLine(), args);
    }

    static Invocation of(CommandLine line, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = line.setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .execute(args);
        return new Invocation(exitCode, out.toString(), err.toString());
    }
}
