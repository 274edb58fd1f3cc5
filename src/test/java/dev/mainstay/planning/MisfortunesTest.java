package dev.mainstay.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Market;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.Specs;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several things go wrong at once. */
class MisfortunesTest {
    private static final Duration PASS = Duration.ofSeconds(30);

    @Test
    void startsAClusterThatIsAllOnDemandWithOneCallAZone() {
        Plan plan = new Sketch(Specs.onDemandOnly(Specs.micro())).plan();

        assertThat(launches(plan)).hasSize(3).extracting(Action.Launch::pool).doesNotHaveDuplicates();
        assertThat(nodes(plan)).isEqualTo(4);
    }

    @Test
    void asksForWhatIsUrgentAndForTheRestInOneCallAZone() {
        Sketch sketch = new Sketch(micro(8, 6, 16, 0)).spot("a-1");
        sketch.plan();

        refuseAll(sketch, Market.SPOT);
        Plan plan = sketch.wait(PASS).plan();

        assertThat(launches(plan)).hasSize(3).extracting(Action.Launch::pool).doesNotHaveDuplicates();
        assertThat(nodes(plan)).isEqualTo(7);
    }

    static ClusterSpec micro(int desired, int min, int max, int base) {
        return Specs.micro(new ClusterSpec.Capacity(desired, min, max, base, List.of(Specs.T2_MICRO)));
    }

    /** AWS has nothing to give in that market, wherever it is asked for. */
    private static void refuseAll(Sketch sketch, Market market) {
        for (int i = 0; i < 3; i++) {
            launches(sketch.plan()).stream()
                    .filter(launch -> launch.market() == market)
                    .forEach(launch ->
                            sketch.outcome(launch, new Outcome.Result.Failed(FailureKind.CAPACITY, "none left")));
        }
    }

    private static List<Action.Launch> launches(Plan plan) {
        return launched(plan).toList();
    }

    private static int nodes(Plan plan) {
        return launched(plan).mapToInt(Action.Launch::count).sum();
    }

    private static Stream<Action.Launch> launched(Plan plan) {
        return plan.actions().stream().filter(Action.Launch.class::isInstance).map(Action.Launch.class::cast);
    }
}
