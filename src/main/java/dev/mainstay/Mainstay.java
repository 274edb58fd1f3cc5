package dev.mainstay;

import dev.mainstay.cli.MainstayCommand;

/** The entry point, and nothing else: what the command line asks for is done by the room {@code cli}. */
public final class Mainstay {
    private Mainstay() {}

    public static void main(String[] args) {
        System.exit(MainstayCommand.commandLine().execute(args));
    }
}
