package dev.mainstay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainstayCommandTest {

    @Test
    void listsItsCommandsAndExitCodesInItsHelp() {
        Invocation help = Invocation.of("--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out())
                .startsWith("Usage: mainstay ")
                .contains("  credits  ", "  0   done", "  1   failed", "  2   bad usage", "  3   the answer is no");
    }

    @Test
    void hasHelpForEveryCommand() {
        assertThat(MainstayCommand.commandLine().getSubcommands().keySet()).allSatisfy(name -> {
            Invocation help = Invocation.of(name, "--help");
            assertThat(help.exitCode()).isZero();
            assertThat(help.out()).startsWith("Usage: mainstay " + name);
        });
    }

    @Test
    void saysItsVersion() {
        Invocation version = Invocation.of("--version");

        assertThat(version.exitCode()).isZero();
        assertThat(version.out()).startsWith("mainstay ").hasLineCount(1);
    }

    @Test
    void asksForACommandWhenNoneIsGiven() {
        Invocation bare = Invocation.of();

        assertThat(bare.exitCode()).isEqualTo(2);
        assertThat(bare.out()).isEmpty();
        assertThat(bare.err())
                .startsWith("mainstay: a command is missing; one of ")
                .contains("credits")
                .hasLineCount(1);
    }

    @Test
    void proposesTheCommandThatWasProbablyMeant() {
        Invocation mistyped = Invocation.of("creds");

        assertThat(mistyped.exitCode()).isEqualTo(2);
        assertThat(mistyped.err())
                .isEqualToIgnoringNewLines("mainstay: Unmatched argument at index 0: 'creds'; did you mean credits?"
                        + " See mainstay --help.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nonsense", "credits --nonsense", "credits t3.micro --load 10%:1h --output"})
    void reportsBadUsageInOneLine(String line) {
        Invocation bad = Invocation.of(line.split(" "));

        assertThat(bad.exitCode()).isEqualTo(2);
        assertThat(bad.out()).isEmpty();
        assertThat(bad.err()).hasLineCount(1).startsWith("mainstay").contains(" --help.");
    }

    @Test
    void showsWhereAnErrorAroseOnlyWhenAsked() {
        assertThat(Invocation.of("credits", "t3.mcro", "--load", "1%:1h").err()).hasLineCount(1);
        assertThat(Invocation.of("credits", "t3.mcro", "--load", "1%:1h", "--stacktrace")
                        .err())
                .contains("\tat dev.mainstay.cli.CreditsCommand");
    }

    @Test
    void endsACommandThatFailedWithItsMessageAndItsExitCode() {
        Invocation failed = Invocation.of(
                withCommandThatThrows(new CommandFailed(ExitCode.NO, "two changes are wanted")), "broken");

        assertThat(failed.exitCode()).isEqualTo(3);
        assertThat(failed.err()).isEqualToIgnoringNewLines("mainstay broken: two changes are wanted");
    }

    @Test
    void reportsTheUnexpectedInOneLineToo() {
        CommandLine line = withCommandThatThrows(new IllegalStateException("first\n  second"));

        Invocation failed = Invocation.of(line, "broken");

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err())
                .isEqualToIgnoringNewLines("mainstay broken: unexpected: java.lang.IllegalStateException: first second;"
                        + " --stacktrace shows where");
    }

    private static CommandLine withCommandThatThrows(RuntimeException failure) {
        CommandLine line = MainstayCommand.commandLine();
        CommandLine broken = new CommandLine(CommandLine.Model.CommandSpec.wrapWithoutInspection((Runnable) () -> {
            throw failure;
        }));
        line.addSubcommand("broken", broken);
        return line.setExecutionExceptionHandler(Errors::failed);
    }
}
