package dev.mainstay.credits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mainstay.cluster.InstanceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the table of EC2's User Guide, "Unlimited mode concepts", with the prices that it uses. */
class BreakEvenTest {
    @ParameterizedTest
    @CsvSource({
        "t3.large,   0.0835, 0.096, 42.5", //
        "t3.xlarge,  0.1670, 0.192, 52.5",
        "t3.2xlarge, 0.3341, 0.384, 52.5"
    })
    void aFixedTypeIsCheaperAboveTheDocumentedLoad(String type, double usd, double fixedUsd, double percent) {
        assertThat(BreakEven.sustainedPercent(burstable(type), usd, fixedUsd, null)
                        .orElseThrow())
                .isCloseTo(percent, within(0.05));
    }

    @Test
    void aCheaperTypeIsCheaperFromTheStart() {
        assertThat(BreakEven.sustainedPercent(burstable("t3.large"), 0.0832, 0.08, null))
                .hasValue(0);
    }

    @Test
    void aTypeThatIsTooDearIsNeverCheaper() {
        assertThat(BreakEven.sustainedPercent(burstable("t3.large"), 0.0832, 0.40, null))
                .isEmpty();
    }

    @Test
    void aLargerBurstableTypeIsCheaperWhileItsEarningsPayForTheLoad() {
        // Twice the price for twice the credits: 0.0104 USD more is 12.48 credits, and t3.small earns 12 more.
        assertThat(BreakEven.sustainedPercent(burstable("t3.micro"), 0.0104, 0.0208, burstable("t3.small")))
                .isEmpty();
        assertThat(BreakEven.sustainedPercent(burstable("t3.micro"), 0.0104, 0.0168, burstable("t3.small"))
                        .orElseThrow())
                .isCloseTo((12 + 7.68) / 1.2, within(0.001));
    }

    @Test
    void surplusCostsNothingUpToTheBaseline() {
        assertThat(BreakEven.surplusUsdPerHour(burstable("t3.micro"), 12)).isZero();
        assertThat(BreakEven.surplusUsdPerHour(burstable("t3.micro"), 120)).isCloseTo(0.09, within(1e-9));
    }

    private static BurstableType burstable(String name) {
        return BurstableType.of(new InstanceType(name)).orElseThrow();
    }
}
