package dev.mainstay.simulation.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadReaderTest {
    @TempDir
    private Path directory;

    @Test
    void readsASeriesFromItsOwnStart() throws IOException {
        LoadTrace load = only("cpu.csv", """
                timestamp,value
                2014-02-14 14:30:00,1.5
                2014-02-14 14:35:00,80
                """);
        assertThat(Figures.samples(load)).containsExactly(1.5, 80);
    }

    @Test
    void readsWhatOtherProgramsWrite() throws IOException {
        LoadTrace load = only(
                "cpu.csv",
                "\ufeff\"Timestamp\",\"Value\"\r\n\r\n\"2014-02-14T15:35:00+01:00\",\"20\"\r\n2014-02-14T14:30:00Z,10\r\n");
        assertThat(Figures.samples(load)).containsExactly(10, 20);
    }

    @Test
    void readsGzip() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write("timestamp,value\n2014-02-14 14:30:00,7\n".getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(directory.resolve("cpu.csv.gz"), bytes.toByteArray());
        assertThat(new LoadReader().read(List.of(file)).traces()).containsExactly(LoadTrace.of(LoadTrace.SAMPLE, 7));
    }

    @Test
    void readsOneSeriesPerLineWhereLinesAreANameAndSamples() throws IOException {
        Path file = write("day.csv", "one,1,2,3\ntwo,4,5,6\n");
        assertThat(new LoadReader().read(List.of(file)).traces())
                .containsExactly(LoadTrace.of(LoadTrace.SAMPLE, 1, 2, 3), LoadTrace.of(LoadTrace.SAMPLE, 4, 5, 6));
    }

    @Test
    void dropsMissingAndRepeatedSamplesAndSaysSo() throws IOException {
        Path file = write("cpu.csv", """
                timestamp,value
                2014-02-14 14:30:00,1
                2014-02-14 14:35:00,NaN
                2014-02-14 14:40:00,2
                2014-02-14 14:40:00,3
                2014-02-16 14:40:00,4
                """);

        Recorded<List<LoadTrace>> recorded = new LoadReader().read(List.of(file));
        LoadTrace load = recorded.traces().getFirst();
        assertThat(load.at(Duration.ofMinutes(5))).isEqualTo(1);
        assertThat(load.at(Duration.ofMinutes(10))).isEqualTo(3);
        assertThat(recorded.origin()).isEqualTo("recorded: cpu.csv");
        assertThat(recorded.remarks())
                .containsExactly(
                        file + ": 1 samples without a value were dropped",
                        file + ": 1 samples of times that came twice were dropped",
                        file + ": nothing for 2.0 days after 2014-02-14T14:40:00Z: the last value holds");
    }

    @Test
    void saysAllThatIsWrongWithItsLine() throws IOException {
        Path file = write("cpu.csv", """
                timestamp,value
                yesterday,1
                2014-02-14 14:35:00,101.5
                2014-02-14 14:40:00
                2014-02-14,-1
                """);
        assertThat(mistakes(file))
                .containsExactly(
                        file + ":4: 1 fields where the header has 2 columns; every line needs as many as the header",
                        file + ":2: timestamp 'yesterday' is no time; " + Fields.TIMESTAMP_FORMS,
                        file + ":3: value '101.5' is no CPU utilisation; percent from 0 to 100 are allowed",
                        file + ":5: timestamp '2014-02-14' is no time; " + Fields.TIMESTAMP_FORMS,
                        file + ":5: value '-1' is no CPU utilisation; percent from 0 to 100 are allowed");
    }

    @Test
    void countsTheMistakesAfterTheTenth() throws IOException {
        Path file = write("cpu.csv", "timestamp,value\n" + "2014-02-14 14:30:00,x\n".repeat(25));
        assertThat(mistakes(file)).hasSize(11).last().isEqualTo(file + ": and 15 more such mistakes");
    }

    @Test
    void saysWhatIsWrongWithAFileAsAWhole() throws IOException {
        Path empty = write("empty.csv", "\n \n");
        Path binary = Files.write(directory.resolve("binary.csv"), new byte[] {1, 0, (byte) 0xe9, 7});
        Path cut = Files.write(directory.resolve("cut.csv.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
        Path header = write("header.csv", "timestamp,value\n");
        Path columns = write("columns.csv", "when,what\n1,2\n");
        Path nothing = directory.resolve("nothing.csv");
        Path folder = Files.createDirectory(directory.resolve("folder"));
        assertThat(mistakes(empty, binary, cut, header, columns, nothing, folder))
                .containsExactlyInAnyOrder(
                        empty + ": the file is empty",
                        binary + ": this is no text: a text file in UTF-8, or one compressed with gzip, is expected",
                        cut + ": the gzip data is damaged or cut off: compress the file again, or give it uncompressed",
                        header + ": no sample in it; lines such as '2014-02-14 14:30:00,12.5' are expected",
                        columns
                                + ":1: no column 'timestamp', 'value'; the first line must name the columns, separated by"
                                + " commas, with at least timestamp and value",
                        nothing + ": there is no such file or directory",
                        folder
                                + ": no file to read in this directory: files that end in .csv, or these with .gz, are read");
    }

    private LoadTrace only(String name, String text) throws IOException {
        return new LoadReader().read(List.of(write(name, text))).traces().getFirst();
    }

    private List<String> mistakes(Path... files) {
        return assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> new LoadReader().read(List.of(files)))
                .actual()
                .messages();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
