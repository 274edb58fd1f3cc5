package dev.mainstay.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of which nothing, or no YAML, can be read: one line, never a stack trace. */
class UnreadableFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                               | 1:1: file: is empty; needs the key mainstay, and a cluster below it
            # nothing\\n                     | 1:1: file: is empty; needs the key mainstay, and a cluster below it
            just words                       | 1:1: file: has no keys; needs the key mainstay, and a cluster below it
            [a, b]                           | 1:1: file: has no keys; needs the key mainstay, and a cluster below it
            mainstay:                        | 1:1: mainstay.clusters: is missing; needs at least one cluster, by its name
            mainstay: 3                      | 1:1: mainstay: takes keys below it: mode, interval, state, clusters, on-demand-prices
            server: {}                       | 1:1: mainstay.clusters: is missing; needs at least one cluster, by its name
            mainstay: {}\\n---\\na: b        | 3:1: file: has a second YAML document; a config is one document, without '---' inside
            mainstay:\\n\\tmode: act         | 2:1: file: is not valid YAML: a tab cannot indent YAML; use spaces
            mainstay: "open\\n               | 2:1: file: is not valid YAML: a quote is opened and never closed
            mainstay:\\n  a: b\\n   c: d      | 3:5: file: is not valid YAML: a second ': ' in this line, or a wrong indentation; quote a value that holds one
            a: [1, 2\\nb: 3                  | 2:2: file: is not valid YAML: expected ',' or ']', but got :
            mainstay: *x                     | 1:11: file: is not valid YAML: there is no anchor of this name above
            a\\u0000b                        | 1:2: file: is not text; needs YAML in UTF-8
            """)
    void isOneMistakeWithItsPlace(String text, String expected) {
        String content = text.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0000", "\u0000");

        assertThat(Sample.mistakes(content)).containsExactly("x.yaml:" + expected);
    }

    @Test
    void saysThatAFileIsMissing() {
        assertThat(mistakes(directory.resolve("none.yaml")))
                .containsExactly("none.yaml:1:1: file: does not exist; needs the path of a YAML file");
    }

    @Test
    void saysThatADirectoryIsNoFile() {
        assertThat(mistakes(directory)).singleElement().asString().contains(":1:1: file: is a directory; needs a YAML");
    }

    @Test
    void saysThatBytesAreNoText() throws IOException {
        Path file = Files.write(directory.resolve("jar"), new byte[] {'P', 'K', (byte) 0xFF, (byte) 0xFE, 0});

        assertThat(mistakes(file)).containsExactly("jar:1:1: file: is not text; needs YAML in UTF-8");
    }

    @Test
    void readsNoMoreOfAHugeFileThanItNeedsToRefuseIt() throws IOException {
        Path file = Files.write(directory.resolve("huge"), new byte[3 << 20]);

        assertThat(mistakes(file)).singleElement().asString().contains("is larger than 1 MiB");
    }

    @Test
    void readsAFileWithAByteOrderMark() throws IOException {
        Path file =
                Files.write(directory.resolve("bom.yaml"), ("\uFEFF" + Sample.GOOD).getBytes(StandardCharsets.UTF_8));

        assertThat(ConfigReader.read(file)).isInstanceOf(Reading.Read.class);
    }

    @Test
    void endsOnAnchorsThatMultiply() {
        StringBuilder text = new StringBuilder("spring:\n  a0: &a0 [x, x, x]\n");
        for (int i = 1; i < 20; i++) {
            text.append("  a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }

        assertThat(Sample.mistakes(text + Sample.GOOD))
                .singleElement()
                .asString()
                .contains("is one key too many");
    }

    private List<String> mistakes(Path file) {
        return ConfigReader.read(file) instanceof Reading.Refused refused
                ? refused.mistakes().stream()
                        .map(mistake -> mistake.toString().replace(directory + "/", ""))
                        .toList()
                : List.of();
    }
}
