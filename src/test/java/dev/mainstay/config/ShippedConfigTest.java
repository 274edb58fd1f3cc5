package dev.mainstay.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that an operator copies. */
class ShippedConfigTest {
    private static final Path SHIPPED = Path.of("config/mainstay.yaml");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mainstay.yaml",
                "examples/micro-cluster.yaml",
                "examples/on-demand-only.yaml",
                "examples/auto-scaling-groups.yaml"
            })
    void isValidAsShipped(String file) {
        assertThat(ConfigReader.read(Path.of("config", file)))
                .isInstanceOfSatisfying(
                        Reading.Read.class, read -> assertThat(read.warnings()).isEmpty());
    }

    @Test
    void showsEveryKey() throws IOException {
        assertThat(valuesOf(withEverySettingOn()).keySet())
                .containsExactlyInAnyOrderElementsOf(
                        KeyShape.values(KeyShape.file(), "").keySet());
    }

    @Test
    void showsEveryDefaultAsItIs() throws IOException {
        Map<String, String> shown = valuesOf(withEverySettingOn());

        KeyShape.values(KeyShape.file(), "")
                .forEach((key, value) ->
                        value.standard().ifPresent(standard -> assertThat(shown).containsEntry(key, standard)));
    }

    @Test
    void meansTheSameWithTheReckonedDefaultsWrittenOut() throws IOException {
        MainstayConfig shipped = read(Files.readString(SHIPPED));
        // Groups launch in place of what stands under launch and spot.
        MainstayConfig full = read(withEverySettingOn().replaceFirst("(?m)^ {6}group:\\n(?: {8}.*\\n)+", ""));
        var before = shipped.clusters().getFirst();
        var after = full.clusters().getFirst();

        // The types that it shows are an example: the default is the launch template's own.
        assertThat(after.capacity())
                .usingRecursiveComparison()
                .ignoringFields("onDemandTypes")
                .isEqualTo(before.capacity());
        assertThat(after.health()).isEqualTo(before.health());
        assertThat(after.credits())
                .usingRecursiveComparison()
                .ignoringFields("fallbackType")
                .isEqualTo(before.credits());
        assertThat(after.guards().healsPerHour()).isEqualTo(before.guards().healsPerHour());
        assertThat(after.guards().returnsPerDay()).isEqualTo(before.guards().returnsPerDay());
    }

    private static String withEverySettingOn() throws IOException {
        return Pattern.compile("^( *)#((- )?[a-z])", Pattern.MULTILINE)
                .matcher(Files.readString(SHIPPED))
                .replaceAll("$1$2");
    }

    private static MainstayConfig read(String text) {
        Reading reading = ConfigReader.read("shipped", text);
        assertThat(reading).isInstanceOf(Reading.Read.class);
        return ((Reading.Read) reading).config();
    }

    /** The values of a file by their keys, as {@link KeyShape} writes them. */
    private static Map<String, String> valuesOf(String text) {
        Findings findings = new Findings("shipped");
        new KeyWalk(findings, new BootKeys("shipped", findings))
                .walk(YamlText.compose(text, findings).orElseThrow());
        Map<String, String> values = new TreeMap<>();
        findings.texts()
                .forEach((path, value) -> values.putIfAbsent(
                        path.replaceAll("\\[\\d+]\\.", "[].")
                                .replaceAll("\\[\\d+]$", "")
                                .replaceAll("\\[[^]]+]", ".*"),
                        value));
        return values;
    }
}
