package dev.mainstay.testing;

import dev.mainstay.cluster.Labelled;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.RuleName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Takes away one rule or one guard at a time, then makes one {@link Planting} at a time, and runs the tests of behaviour
 * until the first one fails: each must be noticed. What noticed it goes into the table of docs/reliability.md. Arguments name
 * the elements to try; without any it is all of them, and the table is written.
 */
public final class Safeguards {
    private static final GeneratedTable TABLE =
            GeneratedTable.of("safeguards", "| | without, or with | noticed first by |");
    private static final Path TESTS = Path.of("src/test/java");
    private static final List<String> ROOMS = List.of("planning", "stories", "reconcile", "perturbation");

    /** They hold documents and lists together, and would fail for a name that is missing. */
    private static final List<String> PINNING = List.of("RunbookTest", "StoryReaderTest");

    /** Something that can be taken away, or done wrong. */
    private record Element(String kind, String name, String property, String what) {}

    /** The first test that failed. */
    private record Noticed(Element element, Optional<String> by) {
        String row() {
            return "| %s | `%s`%s | %s |"
                    .formatted(
                            element.kind(),
                            element.name(),
                            element.what().isEmpty() ? "" : ": " + element.what(),
                            by.orElse("**nobody**"));
        }
    }

    private final Launcher launcher = LauncherFactory.create();
    private final List<String> classes;

    private Safeguards(List<String> classes) {
        this.classes = classes;
    }

    public static void main(String... names) throws IOException {
        List<Element> elements = elements().stream()
                .filter(element -> names.length == 0 || List.of(names).contains(element.name()))
                .toList();
        Safeguards safeguards = new Safeguards(classes());
        safeguards.failure().ifPresent(failed -> {
            throw new IllegalStateException("something fails already with nothing taken away: " + failed);
        });
        List<Noticed> noticed = new ArrayList<>();
        for (Element element : elements) {
            Noticed result = safeguards.without(element);
            noticed.add(result);
            System.out.println(result.row());
        }
        if (names.length == 0) {
            TABLE.write(noticed.stream().map(Noticed::row).toList());
        }
        long unnoticed = noticed.stream().filter(each -> each.by().isEmpty()).count();
        new FaultPoints(noticed.size() - unnoticed, elements().size(), "safeguards noticed").print();
        System.exit(unnoticed == 0 ? 0 : 1);
    }

    private static List<Element> elements() {
        return Stream.of(
                        labels("rule", RuleName.values()),
                        labels("guard", GuardName.values()),
                        Stream.of(Planting.values())
                                .map(planting -> new Element(
                                        "mistake",
                                        planting.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                                        Planting.PROPERTY,
                                        planting.mistake())))
                .flatMap(each -> each)
                .toList();
    }

    private static Stream<Element> labels(String kind, Labelled... labels) {
        return Stream.of(labels).map(label -> new Element(kind, label.label(), Planners.WITHOUT, ""));
    }

    /** The test classes, the quick rooms first. */
    private static List<String> classes() throws IOException {
        List<String> found = new ArrayList<>();
        for (String room : ROOMS) {
            try (Stream<Path> files = Files.walk(TESTS.resolve("dev/mainstay").resolve(room))) {
                files.map(TESTS::relativize)
                        .map(Path::toString)
                        .filter(name -> name.endsWith("Test.java"))
                        .map(name -> name.substring(0, name.length() - ".java".length())
                                .replace('/', '.'))
                        .filter(name -> PINNING.stream().noneMatch(name::endsWith))
                        .sorted(Comparator.naturalOrder())
                        .forEach(found::add);
            }
        }
        return found;
    }

    private Noticed without(Element element) {
        System.setProperty(element.property(), element.name());
        try {
            return new Noticed(element, failure());
        } finally {
            System.clearProperty(element.property());
        }
    }

    /** The first test that fails; of the classes after its own none is run. */
    private Optional<String> failure() {
        return classes.stream().flatMap(name -> firstFailure(name).stream()).findFirst();
    }

    private Optional<String> firstFailure(String testClass) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(testClass))
                // A daemon that lacks something may go round in circles.
                .configurationParameter("junit.jupiter.execution.timeout.test.method.default", "10m")
                .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
                .build();
        Failures failures = new Failures();
        launcher.execute(request, failures);
        return failures.first;
    }

    private static final class Failures implements TestExecutionListener {
        private final Map<String, TestIdentifier> parents = new HashMap<>();
        private Optional<String> first = Optional.empty();

        @Override
        public void testPlanExecutionStarted(TestPlan plan) {
            plan.getRoots()
                    .forEach(root -> plan.getDescendants(root).forEach(test -> parents.put(test.getUniqueId(), test)));
        }

        @Override
        public void dynamicTestRegistered(TestIdentifier test) {
            parents.put(test.getUniqueId(), test);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED && first.isEmpty()) {
                first = Optional.of(name(test));
            }
        }

        /** Its class and method, and which of several it is. */
        private String name(TestIdentifier test) {
            String own = test.getDisplayName().replace("()", "");
            TestIdentifier parent = test.getParentId().map(parents::get).orElse(null);
            boolean ofOurs = parent != null && parent.getParentId().isPresent();
            return ofOurs ? name(parent) + ": " + own : own;
        }
    }
}
