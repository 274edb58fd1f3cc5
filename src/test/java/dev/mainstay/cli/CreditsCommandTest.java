package dev.mainstay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CreditsCommandTest {
    private static final String SIX_HOURS = "0%:1h,10%:1h,100%:1h,5%:1h,100%:1h,100%:1h";

    @Test
    void printsTheSixHourExampleAsJson() {
        Invocation ran = credits("t2.micro --mode standard --balance 138 --output json --load " + SIX_HOURS);

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .isEqualToIgnoringNewLines("{\"type\":\"t2.micro\",\"mode\":\"standard\",\"periods\":["
                        + period("0.0", "144.0", "null")
                        + ","
                        + period("10.0", "144.0", "null")
                        + ","
                        + period("100.0", "90.0", "null")
                        + ","
                        + period("5.0", "93.0", "null")
                        + ","
                        + period("100.0", "39.0", "null")
                        + ","
                        + period("100.0", "0.0", "43.3")
                        + "]}");
    }

    @Test
    void printsATableForPeople() {
        Invocation ran = credits("t2.micro --balance 39 --load 5%:90m,100%:1h");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).isEqualToNormalizingNewlines("""
                        t2.micro in standard mode, from 39.00 credits: earns 6 an hour up to 144, which pays for 10 % CPU.

                        hours   cpu %  balance  surplus  charged  exhausted after
                        1.50     5.00    43.50     0.00     0.00                -
                        1.00   100.00     0.00     0.00     0.00         48.3 min
                        """);
    }

    @Test
    void showsWhatUnlimitedCosts() {
        Invocation ran = credits("t3.micro --mode unlimited --load 100%:4h");

        assertThat(ran.out())
                .contains("4.00   100.00     0.00   288.00   144.00          0.0 min")
                .endsWith("On Linux the charged credits cost 0.1200 USD;"
                        + " terminating now would bill the surplus too, 0.2400 USD more." + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource({"t2.micro, standard, 30.1", "t2.large, standard, 60.6", "t3.micro, unlimited, 0.2"})
    void startsAsEc2LaunchesTheTypeWhenNothingElseIsSaid(String type, String mode, double afterAnIdleMinute) {
        for (String start : new String[] {"", " --fresh"}) {
            JsonNode answer = json(type + start + " --load 0%:1m");
            assertThat(answer.get("mode").asString()).isEqualTo(mode);
            assertThat(answer.get("periods").get(0).get("balance").asDouble()).isEqualTo(afterAnIdleMinute);
        }
    }

    @Test
    void spendsTwiceOnTwoVcpus() {
        assertThat(balance("t3.micro --mode standard --balance 288 --load 50%:1h"))
                .isEqualTo(288 - 60 + 12);
        assertThat(balance("t2.micro --mode standard --balance 144 --load 50%:1h"))
                .isEqualTo(144 - 30 + 6);
    }

    @Test
    void roundsToTwoDecimals() {
        JsonNode period =
                json("t2.micro --balance 10 --load 33.333%:7m").get("periods").get(0);

        assertThat(period.get("hours").asDouble()).isEqualTo(0.12);
        assertThat(period.get("cpu").asDouble()).isEqualTo(33.33);
        assertThat(period.get("balance").asDouble()).isEqualTo(8.37);
    }

    @Test
    void countsExhaustionFromTheBeginningOfEachPeriod() {
        JsonNode periods = json("t2.micro --balance 9 --load 100%:10m,100%:5m,5%:1h,100%:1h")
                .get("periods");

        assertThat(periods.get(0).get("exhaustedAfterMinutes").asDouble()).isEqualTo(10.0);
        assertThat(periods.get(1).get("exhaustedAfterMinutes").asDouble()).isEqualTo(0.0);
        assertThat(periods.get(2).get("exhaustedAfterMinutes").isNull()).isTrue();
        assertThat(periods.get(3).get("exhaustedAfterMinutes").asDouble()).isEqualTo(3.3);
    }

    static Stream<String[]> mistakes() {
        return Stream.of(
                mistake(
                        "t2.mcro --load 1%:1h",
                        "unknown burstable type 't2.mcro', perhaps t2.micro; there are T2, T3,"),
                mistake("T2.MICRO --load 1%:1h", "unknown burstable type 'T2.MICRO', perhaps t2.micro;"),
                mistake("t3micro --load 1%:1h", "unknown burstable type 't3micro', perhaps t3.micro;"),
                mistake("elephant --load 1%:1h", "unknown burstable type 'elephant'; there are T2, T3, T3a and T4g"),
                mistake("t1.micro --load 1%:1h", "t1.micro has no credits that AWS documents"),
                mistake("m5.large --load 1%:1h", "m5.large is not burstable"),
                mistake("t2.micro --load 1%:1h --balance -1", "--balance -1: a t2.micro holds 0 to 144 earned credits"),
                mistake("t2.micro --load 1%:1h --balance 144.5", "--balance 144.5: a t2.micro holds 0 to 144"),
                mistake("t2.micro --load 1%:1h --balance NaN", "--balance NaN: a t2.micro holds 0 to 144"),
                mistake("t2.micro --load 1%:1h --balance many", "'--balance': 'many' is not"),
                mistake("t2.micro --load 1%:1h --balance 1 --fresh", "--balance=CREDITS, --fresh are mutually"),
                mistake("t2.micro --load 1%:1h --mode turbo", "'turbo' is not one of standard, unlimited"),
                mistake("t2.micro --load 1%:1h --output xml", "'xml' is not one of table, json"),
                mistake("t2.micro t3.micro --load 1%:1h", "Unmatched argument at index 2: 't3.micro'"),
                mistake("--load 1%:1h", "Missing required parameter: 'TYPE'"),
                mistake("t2.micro", "Missing required option: '--load=LOAD'"),
                mistake("t2.micro --load 1%:1h,101%:1h", "element 2, '101%:1h': a CPU load is 0% to 100%"),
                mistake("t2.micro --load 1%:1h,,2%:1h", "element 2, '': a period is a CPU load and a duration"),
                mistake("t2.micro --load 1%", "element 1, '1%': a period is a CPU load and a duration, as 10%:1h"),
                mistake("t2.micro --load 1:1h", "element 1, '1:1h': the CPU load lacks its %; write 1%:1h"),
                mistake("t2.micro --load -1%:1h", "element 1, '-1%:1h': '-1%' is not a CPU load"),
                mistake("t2.micro --load 1%:0s", "element 1, '1%:0s': a period is longer than zero"),
                mistake("t2.micro --load 1%:1h:2h", "element 1, '1%:1h:2h': '1h:2h' is not a duration"),
                mistake("t2.micro --load 1%:1", "element 1, '1%:1': '1' is not a duration; write a whole number"),
                mistake("t2.micro --load 1%:9999999999d", "'9999999999d' is not a duration"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void reportsAMistakeInOneLineAndEndsWithTwo(String arguments, String message) {
        Invocation ran = credits(arguments);

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("mainstay credits: ").contains(message).hasLineCount(1);
    }

    @Test
    void acceptsEveryUnitOfTimeAndSpacesBetweenPeriods() {
        Invocation ran = Invocation.of(
                "credits",
                "t2.micro",
                "--balance",
                "0",
                "--output",
                "json",
                "--load",
                "0%:1800s, 0%:30m, 0%:1h, 0%:1d");

        JsonNode periods = JsonMapper.shared().readTree(ran.out()).get("periods");
        assertThat(periods.valueStream().map(period -> period.get("hours").asDouble()))
                .containsExactly(0.5, 0.5, 1.0, 24.0);
        assertThat(periods.valueStream().map(period -> period.get("balance").asDouble()))
                .containsExactly(3.0, 6.0, 12.0, 144.0);
    }

    private static String[] mistake(String arguments, String message) {
        return new String[] {arguments, message};
    }

    private static String period(String cpu, String balance, String exhausted) {
        return "{\"hours\":1.0,\"cpu\":%s,\"balance\":%s,\"surplus\":0.0,\"charged\":0.0,\"exhaustedAfterMinutes\":%s}"
                .formatted(cpu, balance, exhausted);
    }

    private static double balance(String arguments) {
        return json(arguments).get("periods").get(0).get("balance").asDouble();
    }

    private static JsonNode json(String arguments) {
        Invocation ran = credits(arguments + " --output json");
        assertThat(ran.err()).isEmpty();
        return JsonMapper.shared().readTree(ran.out());
    }

    private static Invocation credits(String arguments) {
        return Invocation.of(("credits " + arguments).split(" "));
    }
}
