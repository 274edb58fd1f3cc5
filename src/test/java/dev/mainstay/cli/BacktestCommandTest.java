package dev.mainstay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code mainstay backtest} as it is typed. */
class BacktestCommandTest {
    private static final String PRICES = """
            timestamp,price
            2015-04-01T00:00:00Z,0.0031
            2015-04-01T06:00:00Z,0.0200
            2015-04-01T08:00:00Z,0.0030
            2015-04-02T00:00:00Z,0.0031
            """;

    @TempDir
    private Path directory;

    private Path zones;

    @BeforeEach
    void writeZones() throws IOException {
        zones = Files.createDirectory(directory.resolve("zones"));
        write(
                zones.resolve("us-east-1a.json"),
                "{\"metadata\":{\"gap_seconds\":600},\"data\":[4,4,4,4,0,0,4,4,4,4,4,4]}");
        write(
                zones.resolve("us-east-1b.json"),
                "{\"metadata\":{\"gap_seconds\":600},\"data\":[4,4,4,4,4,4,4,4,0,0,4,4]}");
    }

    private static Path write(Path file, String text) throws IOException {
        return Files.writeString(file, text);
    }

    private Invocation backtest(String... options) {
        String[] all = new String[options.length + 5];
        System.arraycopy(new String[] {"backtest", "--seeds", "2", "--threads", "1"}, 0, all, 0, 5);
        System.arraycopy(options, 0, all, 5, options.length);
        return Invocation.of(all);
    }

    @Test
    void printsEachPolicyWithItsFigures() {
        Invocation done = backtest(
                "--availability", zones.toString(), "--policy", "mainstay,spothedge:1,clairvoyant", "--output", "json");

        assertThat(done.exitCode()).as(done.err()).isZero();
        JsonNode report = new JsonMapper().readTree(done.out());
        assertThat(report.at("/frame/nodes").intValue()).isEqualTo(4);
        assertThat(report.at("/frame/markets/0/zones/1").stringValue()).isEqualTo("us-east-1b");
        assertThat(report.at("/policies/1/name").stringValue()).isEqualTo("spothedge:1");
        assertThat(report.at("/policies/0/perSeed")).hasSize(2);
        assertThat(report.at("/policies/0").propertyNames())
                .contains(
                        "name",
                        "availability",
                        "nodeAvailability",
                        "cost",
                        "losses",
                        "lossEvents",
                        "launches",
                        "refusedLaunches",
                        "switches",
                        "maxSwitchesPerDay",
                        "longestGapSeconds",
                        "allDownShare");
    }

    @Test
    void printsTheSameTwice() {
        String[] options = {"--availability", zones.toString(), "--output", "json"};

        assertThat(backtest(options).out()).isEqualTo(backtest(options).out()).isNotBlank();
    }

    @Test
    void answersNoWhereALimitIsMissed() {
        String[] common = {"--availability", zones.toString(), "--policy", "mainstay,on-demand"};

        Invocation kept = backtest(with(common, "--fail-if", "cost>1.5"));
        Invocation missed = backtest(with(common, "--fail-if", "on-demand/cost>0.9"));

        assertThat(kept.exitCode()).as(kept.err()).isZero();
        assertThat(missed.exitCode()).isEqualTo(3);
        assertThat(missed.err()).contains("limit missed: on-demand: cost is 1");
    }

    @Test
    void replaysPricesOfAllZonesOfAType() throws IOException {
        write(directory.resolve("t3.micro-us-east-1a.csv"), PRICES);
        Path other = write(directory.resolve("t3.micro-us-east-1b.csv"), PRICES.replace("0.0031", "0.0041"));

        Invocation done = backtest(
                "--prices", directory.resolve("t3.micro-us-east-1a.csv").toString(), other.toString());

        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.out())
                .contains("t3.micro: 1.0 days, us-east-1a, us-east-1b")
                .contains("price-return:.9:10");
    }

    @Test
    void comparesTwoConfigs() throws IOException {
        String yaml = Files.readString(Path.of("config/mainstay.yaml"));
        Path one = write(directory.resolve("one.yaml"), yaml);
        Path two = write(directory.resolve("two.yaml"), yaml);

        Invocation done = backtest(
                "--availability",
                zones.toString(),
                "--config",
                one.toString(),
                "--config",
                two.toString(),
                "--policy",
                "mainstay");

        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.out()).contains("mainstay(" + one + ")").contains("mainstay(" + two + ")");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --policy nobody                     | 'nobody' is no policy; one of mainstay, on-demand
            --policy spothedge:x                | 'spothedge:x' is no policy; needs spothedge[:EXTRA-NODES
            --fail-if availability=1            | 'availability=1' is no limit; needs a figure
            --fail-if nobody/cost>1             | the policy nobody is not compared; add it to --policy
            --nodes 0                           | --nodes 0 --base 0: needs 1 to 1000 nodes
            --notice-probability 2              | needs a number from 0 to 1
            --from 3d                           | name no part of the history, which has 0.1 days
            --from 2015-04-01                   | this history has no dates
            --per-series                        | --per-series and --max-price are for --prices
            """)
    void saysWhatIsWrongWithAnOption(String options, String message) {
        Invocation refused = backtest(with(options.strip().split(" "), "--availability", zones.toString()));

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains(message);
    }

    @Test
    void saysWhereAFileIsWrong() throws IOException {
        Path bad = write(directory.resolve("bad.json"), "{\"metadata\":{\"gap_seconds\":300},\n\"data\":[4,-1]}");

        Invocation refused = backtest("--availability", bad.toString());

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains(bad + ":2: data[1] is '-1'");
    }

    private static String[] with(String[] options, String... more) {
        String[] all = new String[options.length + more.length];
        System.arraycopy(options, 0, all, 0, options.length);
        System.arraycopy(more, 0, all, options.length, more.length);
        return all;
    }
}
