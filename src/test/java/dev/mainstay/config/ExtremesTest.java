package dev.mainstay.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.testing.FaultPoints;
import dev.mainstay.testing.Sketch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * Every key of the config with every value that somebody may put there: it is refused with a mistake that names the key, or
 * the file is read, and then a cluster can be planned with it.
 */
class ExtremesTest {
    private static final Map<String, KeyShape.Value> KEYS = KeyShape.values(KeyShape.file(), "");
    private static final List<@Nullable Object> VALUES = Arrays.asList(
            null,
            "",
            " ",
            "x",
            "é\u0007",
            "x".repeat(10_000),
            true,
            0,
            1,
            -1,
            7,
            1_000_000,
            Long.MAX_VALUE,
            "99999999999999999999999999",
            1e308,
            1e-300,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            "0s",
            "1ms",
            "-5m",
            "5m",
            "300000d",
            "0%",
            "40%",
            "400%",
            "22:30",
            "2026-01-01",
            List.of(),
            List.of("x"),
            Map.of(),
            Map.of("x", "y"));

    /** Of each list of sections, one that is in order. */
    private static final Map<String, Map<String, Object>> ELEMENTS = Map.of(
            "tags", Map.of("key", "team", "value", "web"),
            "windows", Map.of("from", "22:00", "to", "04:00"),
            "on-demand-prices", Map.of("region", "us-east-1", "type", "t3.micro", "usd-per-hour", 0.01));

    @Test
    void isRefusedByNameOrCanBePlannedWith() {
        List<String> wrong = new ArrayList<>();
        KEYS.keySet().forEach(key -> {
            for (Object value : VALUES) {
                String text = with(key, value);
                try {
                    wrong.addAll(wrong(key, text));
                } catch (RuntimeException | AssertionError e) {
                    wrong.add("%s: %s%n%s".formatted(key, e, text));
                }
            }
        });
        long tried = (long) KEYS.size() * VALUES.size();
        new FaultPoints(tried, tried, "values of keys").print();
        assertThat(wrong).isEmpty();
    }

    private static List<String> wrong(String key, String text) {
        return switch (ConfigReader.read("x.yaml", text)) {
            case Reading.Refused refused ->
                refused.mistakes().stream().map(Mistake::toString).anyMatch(line -> names(line, key))
                        ? List.of()
                        : List.of("%s: %s%n%s".formatted(key, refused, text));
            case Reading.Read read -> {
                for (ClusterSpec spec : read.config().clusters()) {
                    Sketch sketch = Sketch.healthy().with(spec);
                    sketch.wait(Duration.ofSeconds(30)).plan();
                    sketch.sick("b-1").wait(Duration.ofMinutes(6)).plan();
                }
                yield List.of();
            }
        };
    }

    /** The key itself, or its section where that may not stand there at all; a part that is any name is not looked for. */
    private static boolean names(String line, String key) {
        String[] known = key.replace(".*", "").replace("[]", "").split("\\.", -1);
        return line.contains(known[known.length - 1]) || line.contains(" " + known[known.length - 2] + ";");
    }

    /** The good config, with this at that place. */
    private static String with(String key, @Nullable Object value) {
        Map<String, Object> root = new Yaml().load(Sample.GOOD);
        Map<String, Object> here = root;
        String[] names = key.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            here = inside(here, names[i]);
        }
        here.put(name(names[names.length - 1], here), value);
        return new Yaml().dump(root);
    }

    /** Sections that the good config does not have are made; of a list there is one element. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> inside(Map<String, Object> section, String part) {
        String name = name(part, section);
        if (!part.endsWith("[]")) {
            return (Map<String, Object>) section.computeIfAbsent(name, _ -> new LinkedHashMap<String, Object>());
        }
        Map<String, Object> element = new LinkedHashMap<>(ELEMENTS.get(name));
        section.put(name, List.of(element));
        return element;
    }

    private static String name(String part, Map<String, Object> section) {
        return part.equals("*") ? section.keySet().iterator().next() : part.replace("[]", "");
    }
}
