package dev.mainstay.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.credits.BurstableType;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {
    private static final Catalog SHIPPED = Catalog.shipped();
    private static final InstanceType T3_MICRO = new InstanceType("t3.micro");

    @ParameterizedTest
    @CsvSource({
        "us-east-1, t2.micro,   0.0116",
        "eu-west-1, t2.micro,   0.0126",
        "us-east-1, t3a.micro,  0.0094",
        "eu-west-1, t4g.micro,  0.0092",
        "us-east-1, m3.medium,  0.067",
        "us-east-1, c3.xlarge,  0.21",
        "us-east-1, r3.large,   0.166",
        "us-east-1, c5a.2xlarge, 0.308",
    })
    void knowsThePriceOfCommonTypes(String region, String type, double usdPerHour) {
        assertThat(SHIPPED.onDemandUsdPerHour(region, new InstanceType(type))).hasValue(usdPerHour);
    }

    @Test
    void knowsNoPriceOutsideOfItsRegionsAndTypes() {
        assertThat(SHIPPED.onDemandUsdPerHour("sa-east-1", T3_MICRO)).isEmpty();
        assertThat(SHIPPED.onDemandUsdPerHour("us-east-1", new InstanceType("x9.huge")))
                .isEmpty();
        assertThat(SHIPPED.onDemandUsdPerHour("eu-west-1", new InstanceType("t1.micro")))
                .isEmpty();
    }

    @Test
    void knowsTheFactsOfAType() {
        assertThat(SHIPPED.facts(new InstanceType("t4g.small")))
                .contains(new TypeFacts(new InstanceType("t4g.small"), 2, 2, Architecture.ARM64));
        assertThat(SHIPPED.facts(new InstanceType("x9.huge"))).isEmpty();
    }

    @Test
    void hasFactsAndPricesOfEveryBurstableTypeInBothRegions() {
        assertThat(BurstableType.all()).allSatisfy(burstable -> {
            assertThat(SHIPPED.facts(burstable.type()))
                    .hasValueSatisfying(facts -> assertThat(facts.vcpus()).isEqualTo(burstable.vcpus()));
            assertThat(SHIPPED.onDemandUsdPerHour("us-east-1", burstable.type()))
                    .isPresent();
            assertThat(SHIPPED.onDemandUsdPerHour("eu-west-1", burstable.type()))
                    .isPresent();
        });
    }

    @Test
    void hasAUsPriceOfEveryTypeThatItHasFactsOf() {
        assertThat(SHIPPED.types())
                .allSatisfy(type -> assertThat(SHIPPED.onDemandUsdPerHour("us-east-1", type))
                        .isPresent());
    }

    @Test
    void takesOverridesForWhatItHasAndForWhatItDoesNot() {
        InstanceType other = new InstanceType("x9.huge");

        Catalog catalog = SHIPPED.with(
                List.of(new OnDemandPrice("us-east-1", T3_MICRO, 0.02), new OnDemandPrice("sa-east-1", other, 1.5)));

        assertThat(catalog.onDemandUsdPerHour("us-east-1", T3_MICRO)).hasValue(0.02);
        assertThat(catalog.onDemandUsdPerHour("sa-east-1", other)).hasValue(1.5);
        assertThat(SHIPPED.onDemandUsdPerHour("us-east-1", T3_MICRO)).hasValue(0.0104);
    }

    @Test
    void saysHowOldItIs() {
        assertThat(SHIPPED.asOf()).isEqualTo(LocalDate.of(2026, 11, 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAPriceThatIsNotAboveZero(double usdPerHour) {
        assertThatThrownBy(() -> new OnDemandPrice("us-east-1", T3_MICRO, usdPerHour))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("t3.micro in us-east-1 is above 0");
    }
}
