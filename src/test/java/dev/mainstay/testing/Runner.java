package dev.mainstay.testing;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Something that {@link Reliability} runs in a process of its own, and the command by which anyone else does. */
sealed interface Runner {
    /** What follows {@code java -cp …}, properties first. */
    List<String> arguments();

    /** For a shell. */
    String command();

    /** Tests, with the properties by which they try everything. */
    record Tests(List<String> classes, Map<String, String> properties) implements Runner {
        static Tests of(String... classes) {
            return new Tests(List.of(classes), Map.of());
        }

        /** Stories, by their names. */
        static Tests stories(String... names) {
            return of("StoriesTest").with("mainstay.story", String.join(",", names));
        }

        Tests with(String property, String value) {
            return new Tests(classes, Map.of(property, value));
        }

        @Override
        public List<String> arguments() {
            return Stream.of(
                            properties.entrySet().stream().map(each -> "-D" + each.getKey() + "=" + each.getValue()),
                            Stream.of(TestRun.class.getName()),
                            classes.stream())
                    .flatMap(each -> each)
                    .toList();
        }

        @Override
        public String command() {
            return "mvn test -Dtest=%s%s"
                    .formatted(
                            String.join(",", classes),
                            properties.entrySet().stream()
                                    .map(each -> " -D" + each.getKey() + "=" + each.getValue())
                                    .collect(Collectors.joining()));
        }
    }

    /** A command of the test code. */
    record Program(String main, List<String> words) implements Runner {
        static Program of(String main, String... words) {
            return new Program(main, List.of(words));
        }

        @Override
        public List<String> arguments() {
            return Stream.concat(Stream.of(main), words.stream()).toList();
        }

        @Override
        public String command() {
            return "mvn -q test-compile spring-boot:test-run -Dstart-class=%s -Dspring-boot.run.arguments=\"%s\""
                    .formatted(main, String.join(" ", words));
        }
    }

    /** A command of the product. */
    record Mainstay(List<String> words) implements Runner {
        static Mainstay of(String... words) {
            return new Mainstay(List.of(words));
        }

        @Override
        public List<String> arguments() {
            return Stream.concat(Stream.of(dev.mainstay.Mainstay.class.getName()), words.stream())
                    .toList();
        }

        @Override
        public String command() {
            return "mainstay " + String.join(" ", words);
        }
    }
}
