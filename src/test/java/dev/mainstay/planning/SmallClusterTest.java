package dev.mainstay.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of the table in docs/small-clusters.md. */
class SmallClusterTest {
    /** What the document says of so many nodes, of which so many are sick. */
    record Cell(int nodes, int sick, String replaced) {}

    static List<Cell> table() throws IOException {
        List<Cell> cells = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("docs/small-clusters.md"))) {
            String[] columns = line.split("\\|", -1);
            if (columns.length < 3 || !columns[1].strip().matches("\\d+")) {
                continue;
            }
            for (int sick = 0; sick + 2 < columns.length; sick++) {
                String cell = columns[sick + 2].strip();
                if (!cell.isEmpty()) {
                    cells.add(new Cell(Integer.parseInt(columns[1].strip()), sick, cell));
                }
            }
        }
        return cells;
    }

    @Test
    void hasACellForEachCase() throws IOException {
        List<Cell> cells = table();
        for (int nodes = 1; nodes <= 10; nodes++) {
            for (int sick = 0; sick <= nodes; sick++) {
                int n = nodes;
                int k = sick;
                assertThat(cells)
                        .filteredOn(cell -> cell.nodes() == n && cell.sick() == k)
                        .hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void replacesAsManyAsTheTableSays(Cell cell) {
        Sketch sketch = new Sketch(SpecDraft.micro().desired(cell.nodes()).build());
        List<String> ids = new ArrayList<>();
        for (int i = 1; i <= cell.nodes(); i++) {
            ids.add("abc".charAt(i % 3) + "-" + i);
        }
        sketch.onDemand(ids.getFirst());
        ids.stream().skip(1).forEach(sketch::spot);
        sketch.plan();
        // The last ones, so that the table does not depend on the base.
        ids.stream().skip(cell.nodes() - cell.sick()).forEach(sketch::sick);

        Plan plan = sketch.planFor(Duration.ofMinutes(11));

        long givenUp = plan.nodes().stream()
                .filter(node -> node.phase() == Phase.CONDEMNED)
                .count();
        int canaries = plan.actions().stream()
                .mapToInt(action -> action instanceof Action.Launch launch && launch.isCanary() ? launch.count() : 0)
                .sum();
        boolean canary = cell.replaced().equals("canary");
        assertThat(givenUp).isEqualTo(canary ? 0 : Long.parseLong(cell.replaced()));
        assertThat(canaries).isEqualTo(canary ? 1 : 0);
    }
}
