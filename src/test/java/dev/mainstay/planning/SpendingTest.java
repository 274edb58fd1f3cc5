package dev.mainstay.planning;

import static dev.mainstay.planning.CapacityTest.launches;
import static dev.mainstay.planning.HealthTest.guards;
import static dev.mainstay.planning.HealthTest.kinds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.PriceHistory;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The caps of the hour and the month. A t2.micro costs 0.0116 USD an hour on-demand in us-east-1, 8.63 in a long month. */
class SpendingTest {
    private static final Duration PASS = Duration.ofSeconds(30);
    private static final double MICRO = 0.0116;

    private static int launched(Plan plan) {
        return launches(plan).stream().mapToInt(Action.Launch::count).sum();
    }

    private static ClusterSpec capped(double usdPerMonth) {
        return SpecDraft.micro().onDemandOnly().usdPerMonth(usdPerMonth).build();
    }

    /** All four have run since the month began, 32 hours ago. */
    private static Sketch whole(ClusterSpec spec) {
        Instant begin = Instant.parse("2026-03-01T00:00:00Z");
        Sketch sketch = new Sketch(spec);
        for (String id : new String[] {"a-1", "a-2", "b-1", "c-1"}) {
            sketch.add(id, Market.ON_DEMAND, begin.minus(Duration.ofDays(9)));
        }
        sketch.plan();
        return sketch.wait(PASS);
    }

    @Test
    void launchesWhatTheMonthCanStillPayToItsEnd() {
        // 712 hours are left: 8.26 USD a node.
        Plan plan = new Sketch(capped(25)).plan();

        assertThat(launched(plan)).isEqualTo(3);
        assertThat(guards(plan)).containsExactly(GuardName.SPENDING_CAP);
    }

    @Test
    void launchesUpToTheFloorWhateverTheMonthHasCost() {
        assertThat(launched(new Sketch(capped(0.01)).plan())).isEqualTo(2);
    }

    @Test
    void countsWhatRanBeforeItsJournalBegan() {
        Plan plan = whole(capped(40)).plan();

        MonthToDate month = Objects.requireNonNull(plan.cost().month());
        assertThat(month.usdBy(plan.at())).isCloseTo(32 * 4 * MICRO, within(0.001));
        assertThat(month.usdPerHour()).isCloseTo(4 * MICRO, within(1e-9));
    }

    @Test
    void replacesALostNodeWithinTheMonthsCapThatItsPlaceHadAnyway() {
        Sketch sketch = whole(capped(35));

        assertThat(launched(sketch.state("b-1", InstanceState.TERMINATED).plan()))
                .isEqualTo(1);
    }

    @Test
    void launchesNoMoreThanTheFloorOnceTheMonthIsSpent() {
        Sketch sketch = whole(capped(34.6));
        sketch.wait(Duration.ofDays(28)).plan();
        for (int extra = 0; extra < 8; extra++) {
            sketch.add("c-1%d".formatted(extra), Market.ON_DEMAND, sketch.now());
        }
        sketch.plan();
        sketch.wait(Duration.ofHours(30)).plan();
        for (int extra = 0; extra < 8; extra++) {
            sketch.state("c-1%d".formatted(extra), InstanceState.TERMINATED);
        }

        Plan spent = sketch.state("b-1", InstanceState.TERMINATED).wait(PASS).plan();
        assertThat(spent.actions()).isEmpty();
        assertThat(guards(spent)).contains(GuardName.SPENDING_CAP);

        Plan nextMonth = sketch.wait(Duration.ofDays(1)).plan();
        assertThat(nextMonth.at()).isAfter(Instant.parse("2026-04-01T00:00:00Z"));
        assertThat(launched(nextMonth)).isEqualTo(1);
    }

    @Test
    void storesNothingForTheMonthWhileItsCostPerHourStays() {
        Sketch sketch = whole(capped(40));
        sketch.plan();
        MonthToDate before = sketch.memory().month();

        sketch.planFor(Duration.ofHours(2));

        assertThat(sketch.memory().month()).isSameAs(before);
    }

    @Test
    void takesAnUnknownPriceForTheDearestOfItsFamilyAndHalfAsMuchAgain() {
        InstanceType unknown = new InstanceType("t2.huge");
        // The dearest T2, t2.2xlarge, costs 0.3712.
        ClusterSpec spec = SpecDraft.micro()
                .onDemandOnly()
                .onDemandTypes(unknown)
                .usdPerHour(1.68)
                .build();

        Plan plan = new Sketch(spec).plan();

        assertThat(launched(plan)).isEqualTo(3);
        assertThat(plan.withheld()).singleElement().satisfies(held -> {
            assertThat(held.reason())
                    .isInstanceOfSatisfying(
                            Reason.OverSpending.class,
                            over -> assertThat(over.estimated()).isTrue());
            assertThat(Wording.of(held)).contains("would cost about 2.2272 USD an hour");
        });
    }

    @Test
    void switchesNobodyToUnlimitedModeForMoreThanItsCap() {
        // All of the CPU of a t2.micro beyond its baseline is 0.9 vCPU, at 0.05 USD an hour.
        assertThat(kinds(exhausted(4 * MICRO + 0.046))).containsExactly(ActionKind.SET_CREDIT_MODE);
        Plan over = exhausted(4 * MICRO + 0.044);

        assertThat(over.actions()).isEmpty();
    }

    private static Plan exhausted(double usdPerHour) {
        Sketch sketch = new Sketch(SpecDraft.micro()
                .onDemandOnly()
                .remedy(Remedy.UNLIMITED)
                .usdPerHour(usdPerHour)
                .build());
        sketch.onDemand("a-1").onDemand("a-2").onDemand("b-1").onDemand("c-1");
        sketch.credits("b-1", 0, 10).planFor(Duration.ofMinutes(4).plusSeconds(30));
        return sketch.credits("b-1", 0, 10).wait(PASS).plan();
    }

    @Test
    void returnsToCheaperSpotAlthoughTheMonthIsSpent() {
        Sketch sketch = new Sketch(SpecDraft.micro().usdPerMonth(1).build())
                .onDemand("a-1")
                .onDemand("b-1")
                .onDemand("c-1")
                .spot("c-2");
        for (String zone : new String[] {"a", "b", "c"}) {
            sketch.price(zone, new PriceHistory.Change(sketch.now().minus(Duration.ofDays(1)), 0.004));
        }
        sketch.plan();

        assertThat(launches(sketch.wait(PASS).plan())).singleElement().matches(Action.Launch::returning);
    }
}
