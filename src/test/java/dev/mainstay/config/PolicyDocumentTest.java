package dev.mainstay.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.Labelled;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.RuleName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tables of rules and guards have every one of them, and their keys are those that exist, with their defaults. */
class PolicyDocumentTest {
    private static final String CLUSTER = "mainstay.clusters.*.";
    private static final Pattern KEY_ROW =
            Pattern.compile("^\\| `(mainstay[^`]*)` \\| ([^|]+) \\| (?:file|cluster) \\|", Pattern.MULTILINE);
    /** A key, and in parentheses its default, which may have parentheses of its own. */
    private static final Pattern KEY_WITH_DEFAULT =
            Pattern.compile("`([^`]+)` \\(((?:`[^`]*`|[^()]|\\([^()]*\\))+)\\)");

    private static Map<String, String> defaults;
    private static String rules;
    private static String guards;
    private static String others;

    @BeforeAll
    static void readPolicy() throws IOException {
        String text = Files.readString(Path.of("docs/policy.md"));
        defaults = new TreeMap<>();
        KEY_ROW.matcher(text).results().forEach(row -> defaults.put(row.group(1), row.group(2)));
        rules = text.substring(text.indexOf("### Rules"), text.indexOf("### Guards"));
        guards = text.substring(text.indexOf("### Guards"), text.indexOf("The other keys"));
        others = text.substring(text.indexOf("The other keys"));
    }

    @Test
    void hasARowForEachRule() {
        assertThat(names(rules)).containsExactlyInAnyOrderElementsOf(labels(RuleName.values()));
    }

    @Test
    void hasARowForEachGuard() {
        assertThat(names(guards)).containsExactlyInAnyOrderElementsOf(labels(GuardName.values()));
    }

    @Test
    void fillsEveryCellOfEachRow() {
        assertThat(rows(rules + guards))
                .allSatisfy(row -> assertThat(row).hasSize(6).noneMatch(String::isBlank));
    }

    @Test
    void namesOnlyKeysThatExistWithTheirDefaults() {
        for (MatchResult named : keys()) {
            assertThat(defaults).as("the key %s", named.group(1)).containsEntry(whole(named.group(1)), named.group(2));
        }
    }

    @Test
    void usesEveryKeySomewhere() {
        TreeSet<String> unused = new TreeSet<>(defaults.keySet());
        keys().forEach(named -> unused.remove(whole(named.group(1))));

        assertThat(unused).isEmpty();
    }

    private static List<MatchResult> keys() {
        List<MatchResult> keys = new ArrayList<>();
        rows(rules + guards)
                .forEach(row -> KEY_WITH_DEFAULT.matcher(row.get(3)).results().forEach(keys::add));
        rows(others)
                .forEach(row -> KEY_WITH_DEFAULT.matcher(row.get(1)).results().forEach(keys::add));
        return keys;
    }

    private static String whole(String key) {
        return key.startsWith("mainstay.") ? key : CLUSTER + key;
    }

    private static List<String> names(String table) {
        return rows(table).stream().map(row -> row.getFirst().replace("`", "")).toList();
    }

    /** The cells of each row, without the headings. */
    private static List<List<String>> rows(String text) {
        return text.lines()
                .filter(line -> line.startsWith("| ") && !line.matches("\\| (rule|guard|part) \\|.*"))
                .map(line -> Stream.of(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private static List<String> labels(Labelled[] constants) {
        return Stream.of(constants).map(Labelled::label).toList();
    }
}
