package dev.mainstay.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.Labelled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of incidents and the stories tell of the same. */
class IncidentsTest {
    private static final Path TABLE = Path.of("docs/incidents.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern REFERENCE = Pattern.compile("`([A-Za-z0-9.-]+)`");
    private static final int LEAST_STORIES = 40;

    @Test
    void everyRowNamesAStoryOrATestThatExists() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String row : rows()) {
            Set<String> references = references(row);
            if (references.isEmpty()) {
                wrong.add("nothing shows: " + row);
            }
            for (String reference : references) {
                if (!exists(reference)) {
                    wrong.add("there is no " + reference);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyStoryStandsInTheTable() throws IOException {
        Set<String> told = new TreeSet<>();
        for (String row : rows()) {
            told.addAll(references(row));
        }
        assertThat(stories()).isSubsetOf(told);
    }

    @Test
    void thereAreStoriesOfEveryKind() throws IOException {
        Map<About, Integer> counts = new EnumMap<>(About.class);
        for (Path file : StoriesTest.files(StoriesTest.STORIES)) {
            counts.merge(StoryReader.read(file).about(), 1, Integer::sum);
        }
        assertThat(counts.keySet()).containsExactlyInAnyOrder(About.values());
        assertThat(stories()).hasSizeGreaterThanOrEqualTo(LEAST_STORIES);
    }

    /** The language's page knows every kind. */
    @Test
    void theKindsAreDocumented() throws IOException {
        String page = Files.readString(Path.of("docs/stories.md"));

        assertThat(Stream.of(About.values()).map(Labelled::label))
                .allSatisfy(label -> assertThat(page).contains("`" + label + "`"));
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| what happened"))
                .toList();
    }

    /** What stands in the last column. */
    private static Set<String> references(String row) {
        String column = row.substring(row.lastIndexOf('|', row.length() - 2));
        Set<String> references = new TreeSet<>();
        Matcher matcher = REFERENCE.matcher(column);
        while (matcher.find()) {
            references.add(matcher.group(1));
        }
        return references;
    }

    private static Set<String> stories() throws IOException {
        Set<String> stories = new TreeSet<>();
        for (Path file : StoriesTest.files(StoriesTest.STORIES)) {
            stories.add(file.getFileName().toString().replace(".txt", ""));
        }
        return stories;
    }

    private static boolean exists(String reference) throws IOException {
        if (Files.exists(StoriesTest.STORIES.resolve(reference + ".txt"))) {
            return true;
        }
        String type = reference.contains(".") ? reference.substring(0, reference.indexOf('.')) : reference;
        String method = reference.substring(Math.min(reference.length(), type.length() + 1));
        try (Stream<Path> files = Files.walk(TESTS)) {
            for (Path file : files.filter(path -> path.endsWith(type + ".java")).toList()) {
                return method.isEmpty() || Files.readString(file).contains("void " + method + "(");
            }
        }
        return false;
    }
}
