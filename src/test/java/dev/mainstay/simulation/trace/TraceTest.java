package dev.mainstay.simulation.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TraceTest {
    private static final Duration GAP = Duration.ofMinutes(5);
    private static final Pool POOL = new Pool(new InstanceType("t2.micro"), new Zone("us-east-1a"));

    @Test
    void holdsEachSampleUntilTheNext() {
        LoadTrace load = LoadTrace.of(GAP, 10, 20, 30);
        assertThat(load.at(Duration.ZERO)).isEqualTo(10);
        assertThat(load.at(Duration.ofSeconds(299))).isEqualTo(10);
        assertThat(load.at(GAP)).isEqualTo(20);
        assertThat(load.length()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void repeatsItselfAfterItsEndAndBeforeItsStart() {
        LoadTrace load = LoadTrace.of(GAP, 10, 20, 30);
        assertThat(load.at(Duration.ofMinutes(15))).isEqualTo(10);
        assertThat(load.at(Duration.ofMinutes(27))).isEqualTo(30);
        assertThat(load.at(Duration.ofMinutes(-1))).isEqualTo(30);
    }

    @Test
    void passesOverSamplesThatChangeNothing() {
        CapacityTrace room = CapacityTrace.of(new Zone("us-east-1a"), GAP, 4, 4, 4, 0);
        assertThat(room.nextChange(Duration.ZERO)).isEqualTo(Duration.ofMinutes(15));
        assertThat(room.nextChange(Duration.ofMinutes(15))).isEqualTo(Duration.ofMinutes(20));
        assertThat(room.nextChange(Duration.ofMinutes(20))).isEqualTo(Duration.ofMinutes(35));
    }

    @Test
    void saysWhenThePriceThatHoldsBegan() {
        PriceTrace price =
                PriceTrace.of(POOL, new TreeMap<>(Map.of(Duration.ZERO, 0.1, GAP, 0.2)), Duration.ofHours(1));
        assertThat(price.lastChange(Duration.ofMinutes(30))).isEqualTo(GAP);
        assertThat(price.lastChange(Duration.ofMinutes(-30))).isEqualTo(Duration.ofMinutes(-55));
        assertThat(price.at(Duration.ofMinutes(-30))).isEqualTo(0.2);
    }

    @Test
    void averagesLoadsAndRepeatsTheShorter() {
        LoadTrace average = LoadTrace.average(List.of(LoadTrace.of(GAP, 10, 20), LoadTrace.of(GAP, 30, 30, 30, 50)));
        assertThat(Figures.samples(average)).containsExactly(20, 25, 20, 35);
    }

    @Test
    void refusesValuesThatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> LoadTrace.of(GAP, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> LoadTrace.of(GAP));
        assertThatIllegalArgumentException().isThrownBy(() -> LoadTrace.of(Duration.ZERO, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> CapacityTrace.of(new Zone("us-east-1a"), GAP, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceTrace.of(POOL, new TreeMap<>(Map.of(GAP, 0.1)), Duration.ofHours(1)));
    }
}
