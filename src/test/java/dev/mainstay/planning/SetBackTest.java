package dev.mainstay.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.IntentId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What was remembered by a clock that was a day ahead lasts no longer once it is set right. */
class SetBackTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant AHEAD = NOW.plus(Duration.ofDays(1));
    private static final Instant BEFORE = NOW.minus(Duration.ofMinutes(30));

    private final Memory born = Memory.born(BEFORE);

    @Test
    void whatWasUsedOfABudgetIsUsedNow() {
        Memory memory = born.withSpendings(
                List.of(new Memory.Spending(Budget.HEAL, BEFORE, 1), new Memory.Spending(Budget.HEAL, AHEAD, 1)));

        assertThat(SetBack.to(NOW, memory).spendings())
                .extracting(Memory.Spending::at)
                .containsExactly(BEFORE, NOW);
    }

    @Test
    void theLastSightIsOfNow() {
        Memory memory = born.withSeen(new Memory.Seen(AHEAD, null));

        assertThat(SetBack.to(NOW, memory).seen()).isEqualTo(new Memory.Seen(NOW, null));
    }

    @Test
    void aRefusalHoldsForItsHour() {
        Refusal refusal = new Refusal(new Reason.Refused(FailureKind.DENIED, "no"), AHEAD);
        Memory memory = born.withRefusals(new TreeMap<>(Map.of(ActionKind.REGISTER, refusal)));

        assertThat(SetBack.to(NOW, memory).refusals())
                .containsExactly(Map.entry(ActionKind.REGISTER, new Refusal(refusal.reason(), NOW)));
    }

    @Test
    void theNextCanaryComesAfterTheLongestPauseAtTheLatest() {
        Canary failed = Canary.suspected(AHEAD)
                .launched(new IntentId("a-canary"), AHEAD)
                .failed(AHEAD);

        assertThat(SetBack.to(NOW, born.withCanary(failed)).canary())
                .extracting(Canary::since, Canary::stage)
                .containsExactly(NOW, new Canary.Stage.Failed(NOW, NOW.plus(Duration.ofHours(1))));
    }

    @Test
    void aDwellIsNoLongerThanItIs() {
        Returns lost = new Returns(Duration.ofMinutes(20), AHEAD, AHEAD, List.of());

        Returns after = SetBack.to(NOW, born.withReturns(lost)).returns();

        assertThat(after.heldUntil(null)).contains(NOW.plus(Duration.ofMinutes(20)));
    }

    @Test
    void remediesAreOfNow() {
        Memory memory = born.withLineages(new TreeMap<>(Map.of("a-line", new Lineage(List.of(BEFORE, AHEAD)))));

        assertThat(SetBack.to(NOW, memory).lineages())
                .containsExactly(Map.entry("a-line", new Lineage(List.of(BEFORE, NOW))));
    }
}
