package dev.mainstay.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Mode;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of phases in docs/policy.md, cell by cell: each phase is drawn, and what is said of it holds. */
class PhaseTableTest {
    private static final Path DOCUMENT = Path.of("docs/policy.md");
    private static final List<String> COLUMNS = List.of("in service", "counted", "against max", "paid for");
    private static final Duration PASS = Duration.ofSeconds(30);

    /** One cell of the table. */
    record Cell(String phase, String column, String says) {}

    static List<Cell> cells() throws IOException {
        return Files.readString(DOCUMENT)
                .lines()
                .dropWhile(line -> !line.equals("| phase | in service | counted | against max | paid for |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(PhaseTableTest::row)
                .toList();
    }

    private static Stream<Cell> row(String line) {
        List<String> cells = Stream.of(line.split("\\|")).map(String::strip).toList();
        String phase = cells.get(1).replace("`", "");
        return Stream.of(0, 1, 2, 3).map(i -> new Cell(phase, COLUMNS.get(i), cells.get(i + 2)));
    }

    @Test
    void everyPhaseHasItsRow() throws IOException {
        assertThat(cells().stream()
                        .map(cell -> cell.phase().replaceAll(" \\(.*", ""))
                        .distinct())
                .containsExactlyElementsOf(
                        Stream.of(Phase.values()).map(Phase::label).toList());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void holds(Cell cell) {
        switch (cell.says()) {
            case "yes" -> assertThat(of(cell, true)).isTrue();
            case "no" -> assertThat(of(cell, false)).isFalse();
            case "if healthy" -> {
                assertThat(of(cell, true)).isTrue();
                assertThat(of(cell, false)).isFalse();
            }
            case "with `count-foreign`" -> {
                assertThat(strangers(cell, true)).isEqualTo(1);
                assertThat(strangers(cell, false)).isZero();
            }
            default -> throw new AssertionError("nobody knows what this means: " + cell);
        }
    }

    /** What is so of the one node that this cell is about, with the load balancer calling it healthy or not. */
    private static boolean of(Cell cell, boolean healthy) {
        if (cell.phase().equals("foreign")) {
            return strangers(cell, true) > 0;
        }
        Sketch sketch = drawn(cell.phase(), healthy);
        Standing node = sketch.plan().explain(new NodeId("b-1")).orElseThrow().node();
        assertThat(node.phase().label()).isEqualTo(cell.phase().replaceAll(" \\(.*", ""));
        return switch (cell.column()) {
            case "in service" -> node.inService();
            case "counted" -> node.counted();
            // What exists costs money: a stopped machine for its volumes.
            case "against max", "paid for" -> node.exists();
            default -> throw new AssertionError(cell.column());
        };
    }

    /** By how much one healthy stranger raises the number of the column. */
    private static int strangers(Cell cell, boolean counted) {
        SpecDraft draft = counted ? SpecDraft.micro().countForeign() : SpecDraft.micro();
        Sketch sketch = Sketch.healthy().with(draft.desired(6).build()).stranger("x-1");
        int launched = sketch.plan().actions().stream()
                .mapToInt(action -> action instanceof Action.Launch launch ? launch.count() : 0)
                .sum();
        return switch (cell.column()) {
            case "in service", "counted" -> 2 - launched;
            case "against max", "paid for" -> 0;
            default -> throw new AssertionError(cell.column());
        };
    }

    private static Sketch drawn(String phase, boolean healthy) {
        Sketch sketch = Sketch.healthy();
        switch (phase) {
            case "lost" -> sketch.state("b-1", InstanceState.TERMINATED);
            case "lost (stopped)" -> sketch.state("b-1", InstanceState.STOPPED);
            case "held-by-someone" -> sketch.deregistered("b-1").planFor(Duration.ofMinutes(2));
            case "kept-for-debugging" ->
                sketch.remember(
                                "b-1",
                                node -> node.condemned(new Reason.NeverHealthy(sketch.now(), PASS), sketch.now()))
                        .deregistered("b-1");
            case "quarantined" ->
                drained(sketch.with(SpecDraft.micro().mode(Mode.QUARANTINE).build()));
            case "resting" ->
                sketch.remember("b-1", node -> node.with(node.credits().withResting(sketch.now())))
                        .deregistered("b-1");
            case "draining" -> drained(sketch);
            case "condemned" -> {
                sketch.impaired("b-1").planFor(Duration.ofMinutes(6));
                health(sketch, healthy);
            }
            case "doomed" -> {
                sketch.noticed("b-1");
                health(sketch, healthy);
            }
            case "at-risk" -> {
                sketch.spot("b-2").plan();
                sketch.wait(PASS).noticed("b-2").plan();
                sketch.wait(PASS);
                health(sketch, healthy);
            }
            case "suspect" -> {
                sketch.sick("b-1").plan();
                sketch.wait(PASS);
                if (healthy) {
                    sketch.well("b-1");
                }
            }
            case "coming" -> sketch.target("b-1", TargetHealth.State.INITIAL, "Elb.RegistrationInProgress");
            case "in-service" -> {}
            default -> throw new AssertionError(phase);
        }
        return sketch;
    }

    private static void health(Sketch sketch, boolean healthy) {
        if (!healthy) {
            sketch.target("b-1", TargetHealth.State.INITIAL, "Elb.RegistrationInProgress");
        }
    }

    private static void drained(Sketch sketch) {
        sketch.done(new Action.Deregister(
                        new NodeId("b-1"),
                        new TreeSet<>(List.of(Sketch.GROUP)),
                        new Reason.StatusChecksFailed(sketch.now(), PASS)))
                .target("b-1", TargetHealth.State.DRAINING, null);
    }
}
