package dev.mainstay.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a bad key, and where. The table is {@code mistakes.txt}. */
class MistakesTest {
    private static final Path TABLE = Path.of("src/test/resources/dev/mainstay/config/mistakes.txt");

    record Row(String piece, String replacement, List<String> mistakes) {
        @Override
        public String toString() {
            return replacement.isEmpty() ? "without " + piece : replacement;
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void saysWhatIsWrongAndWhatIsAllowed(Row row) {
        assertThat(Sample.mistakes(Sample.with(row.piece(), row.replacement()))).isEqualTo(row.mistakes());
    }

    static Stream<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        String piece = "";
        for (String line : Files.readAllLines(TABLE)) {
            String rest = line.length() < 2 ? "" : line.substring(2).replace("\\n", "\n");
            if (line.startsWith("-")) {
                piece = rest;
            } else if (line.startsWith("+")) {
                rows.add(new Row(piece, rest, new ArrayList<>()));
            } else if (line.startsWith("!")) {
                rows.getLast().mistakes().add("x.yaml:" + rest);
            }
        }
        return rows.stream();
    }

    @Test
    void tellsAllMistakesOfAFileInItsOrder() {
        String text = """
                mainstay:
                  mode: dry
                  interval: 30
                  wat: 1
                  clusters:
                    Blog:
                      load-balancer: { target-groups: [blog] }
                      launch:
                        template: { id: web }
                        subnets: { us-east-1a: blue }
                      capacity: { desired: -4, min: 3, max: 2 }
                      spot: { types: [t3.micro, micro, t3.micro], max-price: free }
                      health: { max-unhealthy: 40 }
                    shop:
                      region: eu-west-1
                server: { port: -1 }
                """;

        List<String> places = Sample.mistakes(text).stream()
                .map(line -> line.replaceFirst("x.yaml:(\\d+:\\d+: [^:]+): .*", "$1"))
                .toList();

        assertThat(places)
                .containsExactly(
                        "2:3: mainstay.mode",
                        "3:3: mainstay.interval",
                        "4:3: mainstay.wat",
                        "6:5: mainstay.clusters.Blog",
                        "6:5: mainstay.clusters.Blog.region",
                        "7:40: mainstay.clusters.Blog.load-balancer.target-groups[0]",
                        "9:21: mainstay.clusters.Blog.launch.template.id",
                        "10:20: mainstay.clusters.Blog.launch.subnets.us-east-1a",
                        "11:19: mainstay.clusters.Blog.capacity.desired",
                        "11:32: mainstay.clusters.Blog.capacity.min",
                        "12:33: mainstay.clusters.Blog.spot.types[1]",
                        "12:40: mainstay.clusters.Blog.spot.types[2]",
                        "12:51: mainstay.clusters.Blog.spot.max-price",
                        "13:17: mainstay.clusters.Blog.health.max-unhealthy",
                        "14:5: mainstay.clusters.shop.capacity.desired",
                        "14:5: mainstay.clusters.shop.launch.subnets",
                        "14:5: mainstay.clusters.shop.launch.template.id",
                        "14:5: mainstay.clusters.shop.load-balancer.target-groups",
                        "16:11: server.port");
    }

    @Test
    void refusesATargetGroupThatAnotherClusterHas() {
        String text = Sample.GOOD + """
                    shop:
                      region: us-east-1
                      load-balancer:
                        target-groups:
                          - arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/blog/0123
                      launch: { template: { id: lt-1 }, subnets: { us-east-1a: subnet-1 } }
                      capacity: { desired: 1, on-demand-types: [t3.micro] }
                """.indent(0);

        assertThat(Sample.mistakes(text))
                .containsExactly(
                        "x.yaml:16:13: mainstay.clusters.shop.load-balancer.target-groups[0]: this target group"
                                + " is given to cluster blog already; it can have one");
    }
}
