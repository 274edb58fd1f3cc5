package dev.mainstay.simulation.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceReaderTest {
    private static final Pool A = pool("us-east-1a");
    private static final Pool B = pool("us-east-1b");

    @TempDir
    private Path directory;

    private static Pool pool(String zone) {
        return new Pool(new InstanceType("t3.micro"), new Zone(zone));
    }

    @Test
    void alignsTheSeriesOfOneTypeOnTheTimeThatAllOfThemCover() throws IOException {
        write("t3.micro-us-east-1a.csv", """
                timestamp,price_usd_per_hour
                2015-03-11T00:00:00Z,0.1
                2015-03-11T01:00:00Z,0.2
                2015-03-11T05:00:00Z,0.3
                """);
        write("t3.micro-us-east-1b.csv", """
                timestamp,price
                2015-03-11T02:00:00Z,0.5
                2015-03-11T03:00:00Z,0.6
                2015-03-11T04:00:00Z,0.5
                """);
        write("README.md", "no history");
        SortedMap<Pool, PriceTrace> traces = read(directory).traces();
        assertThat(traces).containsOnlyKeys(A, B);
        assertThat(traces.values()).allMatch(price -> price.length().equals(Duration.ofHours(2)));
        assertThat(traces.values())
                .allMatch(price -> price.recordedFrom().equals(Optional.of(Instant.parse("2015-03-11T02:00:00Z"))));
        assertThat(traces.get(A)).extracting(price -> price.at(Duration.ZERO)).isEqualTo(0.2);
        assertThat(traces.get(B))
                .extracting(price -> price.at(Duration.ofMinutes(90)))
                .isEqualTo(0.6);
    }

    @Test
    void readsColumnsUnderEc2sNamesNewestFirst() throws IOException {
        Path file = write("history.csv", """
                Timestamp,InstanceType,ProductDescription,SpotPrice,AvailabilityZone
                2023-12-30 23:00:00+00:00,t3.micro,Linux/UNIX,0.3,us-east-1a
                2023-12-30 22:00:00+00:00,t3.micro,Linux/UNIX,0.25,us-east-1a
                2023-12-30 22:00:00+00:00,t3.micro,Linux/UNIX,0.2,us-east-1a
                2023-12-30 21:00:00+00:00,t3.micro,Windows,0.9,us-east-1a
                2023-12-30 20:00:00+00:00,t3.micro,Linux/UNIX,0.1,us-east-1a
                """);
        Recorded<SortedMap<Pool, PriceTrace>> recorded = read(file);
        assertThat(prices(recorded)).containsExactly(0.1, 0.25);
        assertThat(recorded.remarks())
                .containsExactly(
                        "t3.micro in us-east-1a: only the prices of Linux/UNIX were kept of Linux/UNIX, Windows",
                        "t3.micro in us-east-1a: 1 rows of times that came twice were dropped");
    }

    @Test
    void readsThePagesOfDescribeSpotPriceHistoryOneAfterTheOther() throws IOException {
        String page = """
                {"SpotPriceHistory": [{"AvailabilityZone": "us-east-1a", "InstanceType": "t3.micro",
                  "ProductDescription": "Linux/UNIX", "SpotPrice": "%s", "Timestamp": "%s"}], "NextToken": "x"}
                """;
        String text = page.formatted("0.3", "2024-01-01T02:00:00+00:00")
                + page.formatted("0.2", "2024-01-01T01:00:00.000Z")
                + page.formatted("0.1", "2024-01-01T00:00:00+00:00");
        // PowerShell's redirection writes UTF-16 with a byte order mark.
        Path file = Files.write(directory.resolve("pages.json"), ("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE));
        assertThat(prices(read(file))).containsExactly(0.1, 0.2);
    }

    @Test
    void dropsPricesThatAreUnknownAndSaysSo() throws IOException {
        Path file = write("t3.micro-us-east-1a.csv", """
                timestamp,price
                2024-01-01T00:00:00Z,0.1
                2024-01-01T01:00:00Z,0
                2024-01-01T02:00:00Z,NaN
                2024-01-01T03:00:00Z,-1
                2024-01-01T04:00:00Z,0.2
                """);

        Recorded<SortedMap<Pool, PriceTrace>> recorded = read(file);
        assertThat(prices(recorded)).containsExactly(0.1);
        assertThat(recorded.remarks())
                .containsExactly(
                        "t3.micro in us-east-1a: 3 prices of zero or less, or missing, were dropped as unknown");
    }

    @Test
    void holdsASingleRowForEver() throws IOException {
        Path file = write("t3.micro-us-east-1a.csv", "timestamp,price\n2024-01-01T00:00:00Z,0.1\n");
        assertThat(read(file).traces().get(A))
                .extracting(price -> price.at(Duration.ofDays(40)))
                .isEqualTo(0.1);
    }

    @Test
    void saysAllThatIsWrongWithItsLine() throws IOException {
        Path file = write("history.csv", """
                timestamp,price,type,zone
                never,0.1,t3.micro,us-east-1a
                2024-01-01T00:00:00Z,cheap,t3.micro,us-east-1a
                2024-01-01T00:00:00Z,1,micro,us-east-1a
                2024-01-01T00:00:00Z,1,t3.micro,
                """);

        assertThat(mistakes(file))
                .containsExactly(
                        file + ":2: timestamp 'never' is no time; " + Fields.TIMESTAMP_FORMS,
                        file + ":3: price 'cheap' is no number; USD per hour, such as 0.0031, is allowed",
                        file + ":4: 'micro' is no instance type; a name such as t3.micro is allowed",
                        file
                                + ":5: no availability zone: name the file TYPE-ZONE.csv, such as t3.micro-us-east-1a.csv, or"
                                + " give it the columns type and zone");
    }

    @Test
    void saysWhereJsonIsDamaged() throws IOException {
        Path cut = write("cut.json", "{\"SpotPriceHistory\": [\n{\"SpotPrice\": \"0.1\",");
        Path other = write("other.json", "{\"Reservations\": []}");
        assertThat(mistakes(cut, other))
                .containsExactly(
                        cut + ":2: this is no valid JSON, or its end is missing; write the file again",
                        other + ": no price in it; a timestamp and a price in USD per hour are expected in each row");
    }

    @Test
    void refusesSeriesOfOneTypeThatDoNotOverlap() throws IOException {
        write("t3.micro-us-east-1a.csv", """
                timestamp,price
                2015-01-01T00:00:00Z,0.1
                2015-01-02T00:00:00Z,0.2
                """);
        write("t3.micro-us-east-1b.csv", """
                timestamp,price
                2023-01-01T00:00:00Z,0.1
                2023-01-02T00:00:00Z,0.2
                """);
        assertThat(mistakes(directory))
                .containsExactly("t3.micro: its price series do not overlap: one begins at"
                        + " 2023-01-01T00:00:00Z, another ends at 2015-01-02T00:00:00Z; give series of one time");
    }

    /** The prices in the first zone, in order of time. */
    private static List<Double> prices(Recorded<SortedMap<Pool, PriceTrace>> recorded) {
        PriceTrace price = Objects.requireNonNull(recorded.traces().get(A));
        List<Double> prices = new ArrayList<>();
        for (Duration at = Duration.ZERO; at.compareTo(price.length()) < 0; at = price.nextChange(at)) {
            prices.add(price.at(at));
        }
        return prices;
    }

    private static Recorded<SortedMap<Pool, PriceTrace>> read(Path... paths) {
        return new PriceReader().read(List.of(paths));
    }

    private static List<String> mistakes(Path... paths) {
        return assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> read(paths))
                .actual()
                .messages();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
