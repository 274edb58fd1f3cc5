package dev.mainstay.credits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.InstanceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BurstableTypeTest {

    @ParameterizedTest
    @CsvSource({
        "t2.nano,     1,  5,    3,    72,     30,  STANDARD",
        "t2.micro,    1, 10,    6,   144,     30,  STANDARD",
        "t2.medium,   2, 20,   24,   576,     60,  STANDARD",
        "t2.2xlarge,  8, 17,   81.6, 1958.4, 240,  STANDARD",
        "t3.nano,     2,  5,    6,   144,      0,  UNLIMITED",
        "t3a.micro,   2, 10,   12,   288,      0,  UNLIMITED",
        "t4g.xlarge,  4, 40,   96,  2304,      0,  UNLIMITED",
        "t3.2xlarge,  8, 40,  192,  4608,      0,  UNLIMITED",
    })
    void hasTheDocumentedRates(
            String name, int vcpus, double baseline, double perHour, double cap, double launch, CreditMode mode) {
        InstanceType type = new InstanceType(name);

        assertThat(BurstableType.of(type))
                .contains(new BurstableType(type, vcpus, baseline, perHour, cap, launch, mode));
    }

    @Test
    void knowsSevenSizesOfFourFamilies() {
        assertThat(BurstableType.all()).hasSize(28);
    }

    @ParameterizedTest
    @CsvSource({"t1.micro", "m5.large", "t2.huge"})
    void saysNothingOfTypesWithoutDocumentedCredits(String name) {
        assertThat(BurstableType.of(new InstanceType(name))).isEmpty();
    }

    @Test
    void earnsExactlyWhatTheBaselineSpends() {
        assertThat(BurstableType.all())
                .allSatisfy(type -> assertThat(type.creditsPerMinute(type.baselinePercent()) * 60)
                        .isEqualTo(type.creditsPerHour(), within(1e-9)));
    }

    @Test
    void refusesRatesThatContradictEachOther() {
        assertThatThrownBy(
                        () -> new BurstableType(new InstanceType("t2.micro"), 1, 10, 12, 288, 30, CreditMode.STANDARD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("t2.micro")
                .hasMessageContaining("contradict");
    }
}
