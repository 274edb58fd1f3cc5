package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.planning.Budget;
import dev.mainstay.planning.Memory;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaunchCreditTallyTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final ClusterSpec BLOG = SpecDraft.micro().name("blog").build();
    private static final ClusterSpec SHOP = SpecDraft.micro().name("shop").build();

    private final LaunchCreditTally tally = new LaunchCreditTally();

    @Test
    void countsTheLaunchesOfTheOthersAndNotItsOwn() {
        tally.note(BLOG, launched(NOW.minus(Duration.ofHours(1)), 2));
        tally.note(SHOP, launched(NOW.minus(Duration.ofHours(2)), 3));

        assertThat(tally.elsewhere(BLOG, NOW)).hasSize(3).containsOnly(NOW.minus(Duration.ofHours(2)));
        assertThat(tally.elsewhere(SHOP, NOW)).hasSize(2);
    }

    @Test
    void forgetsThoseOfMoreThanADayAgo() {
        tally.note(SHOP, launched(NOW.minus(Duration.ofHours(24)), 3));

        assertThat(tally.elsewhere(BLOG, NOW)).isEmpty();
    }

    @Test
    void doesNotCountThemTwice() {
        tally.note(SHOP, launched(NOW, 3));
        tally.note(SHOP, launched(NOW, 3));

        assertThat(tally.elsewhere(BLOG, NOW)).hasSize(3);
    }

    private static Memory launched(Instant at, int count) {
        return Memory.born(NOW.minus(Duration.ofDays(2)))
                .withSpendings(List.of(
                        new Memory.Spending(Budget.LAUNCH_CREDIT, at, count), new Memory.Spending(Budget.HEAL, at, 1)));
    }
}
