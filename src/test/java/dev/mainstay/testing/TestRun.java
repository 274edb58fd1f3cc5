package dev.mainstay.testing;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes, by their simple names, in a process of their own: what {@code mvn test -Dtest=…} does. */
final class TestRun {
    private static final Path TESTS = Path.of("src/test/java");

    private TestRun() {}

    public static void main(String... names) throws IOException {
        Launcher launcher = LauncherFactory.create();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (String name : names) {
            request.selectors(DiscoverySelectors.selectClass(qualified(name)));
        }
        LauncherDiscoveryRequest whole = request.build();
        launcher.execute(whole, listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), 10);
        long count = summary.getTestsStartedCount();
        new FaultPoints(summary.getTestsSucceededCount(), count, Reliability.TESTS).print();
        boolean passed = summary.getTotalFailureCount() == 0 && count > 0;
        System.exit(passed ? 0 : 1);
    }

    private static String qualified(String name) throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            List<String> found = files.filter(
                            file -> file.getFileName().toString().equals(name + ".java"))
                    .map(file -> TESTS.relativize(file).toString())
                    .map(file ->
                            file.substring(0, file.length() - ".java".length()).replace('/', '.'))
                    .toList();
            if (found.size() != 1) {
                throw new IllegalArgumentException("test classes %s: %s".formatted(name, found));
            }
            return found.getFirst();
        }
    }
}
