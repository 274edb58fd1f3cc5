package dev.mainstay.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.Labelled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever is paged finds a heading for every condition and every guard, and none for what does not exist. */
class RunbookTest {
    private static List<String> conditions;
    private static List<String> guards;

    @BeforeAll
    static void readOperations() throws IOException {
        String text = Files.readString(Path.of("docs/operations.md"));
        conditions = headings(text.substring(text.indexOf("## Conditions"), text.indexOf("## Guards")));
        guards = headings(text.substring(text.indexOf("## Guards")));
    }

    @Test
    void hasAHeadingForEachCondition() {
        assertThat(conditions).containsExactlyInAnyOrderElementsOf(labels(ConditionName.values()));
    }

    @Test
    void hasAHeadingForEachGuard() {
        assertThat(guards).containsExactlyInAnyOrderElementsOf(labels(GuardName.values()));
    }

    private static List<String> labels(Labelled[] constants) {
        return Stream.of(constants).map(Labelled::label).toList();
    }

    private static List<String> headings(String text) {
        return text.lines()
                .filter(line -> line.startsWith("### "))
                .map(line -> line.substring(4).strip())
                .toList();
    }
}
