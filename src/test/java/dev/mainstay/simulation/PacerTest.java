package dev.mainstay.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacerTest {
    private long realNanos;

    @Test
    void waitsTheSpanDividedByTheFactorLessWhatHasPassed() {
        Pacer pacer = paced(144);

        realNanos = millis(50);

        assertThat(pacer.realNanosUntil(millis(144_000))).isEqualTo(millis(950));
        assertThat(pacer.virtualNanos(0)).isEqualTo(millis(7_200));
    }

    @Test
    void makesUpForSmallDelays() {
        Pacer pacer = paced(1);

        realNanos = millis(10_400);

        assertThat(pacer.realNanosUntil(millis(10_000))).isNegative();
        assertThat(pacer.realNanosUntil(millis(11_000))).isEqualTo(millis(600));
    }

    @Test
    void doesNotHurryAfterAFreeze() {
        Pacer pacer = paced(1);

        realNanos = millis(60_000);

        assertThat(pacer.realNanosUntil(millis(10_000))).isNegative();
        assertThat(pacer.realNanosUntil(millis(11_000))).isEqualTo(millis(1_000));
    }

    @Test
    void neverWaitsAtFullSpeed() {
        Pacer pacer = new Pacer(Pace.MAX, () -> realNanos);
        pacer.anchor(0);

        assertThat(pacer.realNanosUntil(Long.MAX_VALUE)).isZero();
        assertThat(pacer.virtualNanos(42)).isEqualTo(42);
    }

    @Test
    void aPaceIsAboveZero() {
        assertThatThrownBy(() -> Pace.times(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Pace.times(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    private Pacer paced(double factor) {
        Pacer pacer = new Pacer(Pace.times(factor), () -> realNanos);
        pacer.anchor(0);
        return pacer;
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
