package dev.mainstay.stories;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each story is played on the simulated AWS by the daemon's own loop, in virtual time. With {@code -Dmainstay.story=NAME}
 * only that one is played, and what happened in it is printed; with several names, separated by commas, only those are.
 */
class StoriesTest {
    static final Path STORIES = Path.of("src/test/resources/dev/mainstay/stories");

    private static final Set<String> ONLY = Stream.of(
                    System.getProperty("mainstay.story", "").split(","))
            .filter(name -> !name.isEmpty())
            .map(name -> name + ".txt")
            .collect(Collectors.toSet());

    @TestFactory
    Stream<DynamicTest> stories() throws IOException {
        return in(STORIES);
    }

    /** With {@code -Dmainstay.pending=true}: those that tell of what is not yet so. */
    @TestFactory
    Stream<DynamicTest> pending() throws IOException {
        return Boolean.getBoolean("mainstay.pending") || !ONLY.isEmpty() ? in(STORIES.resolve("pending")) : Stream.of();
    }

    private static Stream<DynamicTest> in(Path folder) throws IOException {
        return files(folder).stream()
                .filter(file ->
                        ONLY.isEmpty() || ONLY.contains(file.getFileName().toString()))
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> play(file)));
    }

    /** Of a folder that nobody needs just now there are none. */
    static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    private static void play(Path file) throws IOException {
        Story story = StoryReader.read(file);
        List<String> log = new ArrayList<>();
        List<String> shortcomings = story.shortcomings(log);
        if (ONLY.size() == 1) {
            System.out.println(String.join("\n", log));
        }
        if (!shortcomings.isEmpty()) {
            throw new AssertionError("%s: %s%n%n%s%n%nwhat happened:%n%s"
                    .formatted(
                            file.getFileName(),
                            story.title(),
                            String.join("\n", shortcomings),
                            String.join("\n", log)));
        }
    }
}
