package dev.mainstay.simulation.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mainstay.cluster.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailabilityReaderTest {
    @TempDir
    private Path directory;

    @Test
    void readsTheZonesOfADirectoryByTheNamesOfItsFiles() throws IOException {
        write("us-east-1f_v100_1.json", "{\"metadata\": {\"gap_seconds\": 300}, \"data\": [4, 4, 1, 0]}");
        write("My Zone.json", "{\"metadata\": {\"gap_seconds\": 600}, \"data\": [1, 0]}");
        assertThat(new AvailabilityReader().read(List.of(directory)).traces().values())
                .containsExactly(
                        CapacityTrace.of(new Zone("my-zone"), Duration.ofMinutes(10), 1, 0),
                        CapacityTrace.of(new Zone("us-east-1f"), Duration.ofMinutes(5), 4, 4, 1, 0));
    }

    @Test
    void tellsFilesOfOneZoneApartByTheirWholeNames() throws IOException {
        write("us-west-2a_k80_1.json", "{\"metadata\": {\"gap_seconds\": 300}, \"data\": [1]}");
        write("us-west-2a_v100_1.json", "{\"metadata\": {\"gap_seconds\": 300}, \"data\": [0]}");
        assertThat(new AvailabilityReader().read(List.of(directory)).traces())
                .containsOnlyKeys(new Zone("us-west-2a-k80-1"), new Zone("us-west-2a-v100-1"));
    }

    @Test
    void refusesTwoFilesOfOneName() throws IOException {
        String text = "{\"metadata\": {\"gap_seconds\": 300}, \"data\": [1]}";
        Path one = write("us-east-1a.json", text);
        Path other = Files.writeString(
                Files.createDirectory(directory.resolve("other")).resolve("us-east-1a.json"), text);
        assertThat(mistakes(one, other))
                .containsExactly(other + ": " + one + " has the same name; each zone may have one file");
    }

    @Test
    void readsWhenNodesCameAndWent() throws IOException {
        Path file =
                write("us-east-1a.csv", "0,add,one\n0,add,two\n45000,add,three\n90000,remove,one\n90000,remove,two\n");
        assertThat(new AvailabilityReader().read(List.of(file)).traces().values())
                .containsExactly(CapacityTrace.of(new Zone("us-east-1a"), Duration.ofSeconds(30), 2, 2, 3, 1));
    }

    @Test
    void saysWhichEventCannotHaveBeen() throws IOException {
        Path file =
                write("us-east-1a.csv", "60000,add,one\n60000,add,one\n30000,remove,one\n90000,remove,two\n9,moved\n");
        assertThat(mistakes(file))
                .hasSize(4)
                .satisfies(all ->
                        assertThat(all.get(0)).startsWith(file + ":2: '60000,add,one': nothing that is not there"))
                .satisfies(all -> assertThat(all.get(1)).startsWith(file + ":3: '30000' is earlier"))
                .satisfies(all -> assertThat(all.get(2)).startsWith(file + ":4: '90000,remove,two'"))
                .satisfies(all -> assertThat(all.get(3)).startsWith(file + ":5: '9,moved': a line such as"));
    }

    @Test
    void cutsZonesToTheShortestAndSaysSo() throws IOException {
        Path longer = write("us-east-1a.json", "{\"metadata\": {\"gap_seconds\": 43200}, \"data\": [4, 0, 4, 4]}");
        write("us-east-1b.json", "{\"metadata\": {\"gap_seconds\": 43200}, \"data\": [4, 0]}");
        var recorded = new AvailabilityReader().read(List.of(directory));
        assertThat(recorded.traces().values()).allMatch(room -> room.length().equals(Duration.ofDays(1)));
        assertThat(recorded.remarks()).containsExactly(longer + ": 2.0 days were cut to the 1.0 of the shortest file");
    }

    @Test
    void takesAGapInPlaceOfTheFiles() throws IOException {
        Path file = write("us-east-1a.json", "{\"data\": [4, 0]}");
        var reader = new AvailabilityReader(Optional.of(Duration.ofSeconds(195)));
        assertThat(reader.read(List.of(file)).traces().values())
                .allMatch(room -> room.length().equals(Duration.ofSeconds(390)));
    }

    @Test
    void saysAllThatIsWrongWithItsLine() throws IOException {
        Path gap =
                write("a.json", "{\"metadata\": {\"gap_seconds\": -300},\n\"data\": [4, -1, 0.5, null, \"x\", [1]]}");
        Path missing = write("b.json", "{\"metadata\": {}, \"data\": []}");
        Path cut = write("c.json", "{\"metadata\": {\"gap_seconds\": 300}, \"data\": [4,\n4,");
        Path text = write("d.json", "not this");
        String whole = "; a whole number of instances, 0 or more, is allowed";
        assertThat(mistakes(gap, missing, cut, text))
                .containsExactly(
                        gap + ":1: gap_seconds is '-300'; a number above 0 and up to 86400 is allowed",
                        gap + ":2: data[1] is '-1'" + whole,
                        gap + ":2: data[2] is '0.5'" + whole,
                        gap + ":2: data[3] is 'null'" + whole,
                        gap + ":2: data[4] is 'x'" + whole,
                        gap + ":2: data[5] is a structure" + whole,
                        missing + ":1: no metadata.gap_seconds, the time between two ticks; " + expected(),
                        cut + ":2: this is no valid JSON, or its end is missing; " + expected(),
                        text + ":1: this is no valid JSON, or its end is missing; " + expected());
    }

    private static String expected() {
        return "{\"metadata\":{\"gap_seconds\":300},\"data\":[4,4,0]} is expected";
    }

    private static List<String> mistakes(Path... paths) {
        return assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> new AvailabilityReader().read(List.of(paths)))
                .actual()
                .messages();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
