package dev.mainstay.credits;

import static dev.mainstay.cluster.CreditMode.STANDARD;
import static dev.mainstay.cluster.CreditMode.UNLIMITED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mainstay.cluster.InstanceType;
import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreditAccountTest {
    private static final Offset<Double> ROUNDING = within(1e-9);
    private static final BurstableType T2_MICRO = type("t2.micro");
    private static final BurstableType T3_NANO = type("t3.nano");
    private static final BurstableType T3_MICRO = type("t3.micro");

    @Test
    void followsTheSixHourExampleOfAT2Micro() {
        CreditAccount account = CreditAccount.withBalance(T2_MICRO, STANDARD, 138);

        account = hour(account, 0);
        assertThat(account.balance()).isEqualTo(144, ROUNDING);
        account = hour(account, 10);
        assertThat(account.balance()).isEqualTo(144, ROUNDING);
        account = hour(account, 100);
        assertThat(account.balance()).isEqualTo(90, ROUNDING);
        account = hour(account, 5);
        assertThat(account.balance()).isEqualTo(93, ROUNDING);
        account = hour(account, 100);
        assertThat(account.balance()).isEqualTo(39, ROUNDING);
        assertThat(account.exhaustedAfter(100))
                .hasValueSatisfying(time -> assertThat(time.toNanos() / 60e9).isEqualTo(39 / 0.9, within(1e-9)));
        account = hour(account, 100);
        assertThat(account.balance()).isZero();
        assertThat(account.deliveredPercent(100)).isEqualTo(10);
    }

    @Test
    void idleFreshT2MicroShowsItsCapAndItsLaunchCredits() {
        CreditAccount account = CreditAccount.launched(T2_MICRO, STANDARD, true);

        assertThat(account.after(Duration.ofDays(3), 0).balance()).isEqualTo(174);
    }

    @Test
    void spendsLaunchCreditsBeforeEarnedOnes() {
        CreditAccount account = CreditAccount.launched(T2_MICRO, STANDARD, true);

        account = account.after(Duration.ofMinutes(20), 100);
        assertThat(account.launch()).isEqualTo(10, ROUNDING);
        assertThat(account.earned()).isEqualTo(2, ROUNDING);

        account = account.after(Duration.ofMinutes(11), 100);
        assertThat(account.launch()).isZero();
        assertThat(account.earned()).isEqualTo(3 - 0.9, ROUNDING);
    }

    @Test
    void freshT2MicroAtFullLoadLastsItsLaunchCreditsAndWhatTheseEarnMeanwhile() {
        CreditAccount account = CreditAccount.launched(T2_MICRO, STANDARD, true);

        // 30 minutes on launch credits, which earn 3 credits; those last 3 / 0.9 minutes.
        assertThat(account.exhaustedAfter(100)).contains(Duration.ofSeconds(33 * 60 + 20));
    }

    @Test
    void givesLaunchCreditsToT2InStandardModeOnly() {
        assertThat(CreditAccount.launched(T2_MICRO, UNLIMITED, true).balance()).isZero();
        assertThat(CreditAccount.launched(T3_MICRO, STANDARD, true).balance()).isZero();
        assertThat(CreditAccount.launched(T2_MICRO, STANDARD, false).balance()).isZero();
        assertThat(CreditAccount.launched(type("t2.2xlarge"), STANDARD, true).launch())
                .isEqualTo(240);
    }

    @Test
    void losesWhatItEarnsBeyondTheCapWhileLaunchCreditsAreSpent() {
        CreditAccount full = new CreditAccount(T2_MICRO, STANDARD, 144, 30, 0, 0);

        CreditAccount after = full.after(Duration.ofMinutes(30), 100);

        assertThat(after.earned()).isEqualTo(144);
        assertThat(after.launch()).isZero();
    }

    @Test
    void staysAtZeroUnderABaselineLoadAndEarnsUnderALesserOne() {
        CreditAccount empty = CreditAccount.launched(T3_MICRO, STANDARD, true);

        assertThat(empty.after(Duration.ofHours(5), 10)).isEqualTo(empty);
        assertThat(empty.after(Duration.ofHours(1), 5).balance()).isEqualTo(6, ROUNDING);
        assertThat(empty.exhaustedAfter(10)).isEmpty();
        assertThat(empty.exhaustedAfter(10.1)).contains(Duration.ZERO);
    }

    @Test
    void throttlesToTheBaselineInStandardModeOnly() {
        assertThat(CreditAccount.withBalance(T3_MICRO, STANDARD, 1).deliveredPercent(80))
                .isEqualTo(80);
        assertThat(CreditAccount.withBalance(T3_MICRO, STANDARD, 0).deliveredPercent(80))
                .isEqualTo(10);
        assertThat(CreditAccount.withBalance(T3_MICRO, STANDARD, 0).deliveredPercent(4))
                .isEqualTo(4);
        assertThat(CreditAccount.withBalance(T3_MICRO, UNLIMITED, 0).deliveredPercent(80))
                .isEqualTo(80);
    }

    @Test
    void chargesTwoVcpusTwice() {
        CreditAccount account = CreditAccount.withBalance(T3_MICRO, STANDARD, 288);

        // Two vCPUs at half load spend a credit a minute, and earn one in five minutes.
        assertThat(account.after(Duration.ofMinutes(10), 50).balance()).isEqualTo(280, ROUNDING);
    }

    @Test
    void followsTheDocumentedExampleOfAnUnlimitedT3Nano() {
        // EC2 User Guide, "Unlimited mode examples", example 1, periods 1 to 3.
        CreditAccount account = CreditAccount.launched(T3_NANO, UNLIMITED, true);

        account = account.after(Duration.ofHours(24), 0);
        assertThat(account.balance()).isEqualTo(144, ROUNDING);
        account = account.after(Duration.ofHours(12), 2.5);
        assertThat(account.balance()).isEqualTo(144, ROUNDING);
        account = account.after(Duration.ofHours(24), 7);
        assertThat(account.balance()).isEqualTo(144 - 57.6, ROUNDING);
        assertThat(account.owed()).isZero();
    }

    @Test
    void owesASurplusUpToADayOfEarningAndIsChargedBeyond() {
        CreditAccount account = CreditAccount.launched(T3_MICRO, UNLIMITED, true);

        // At full load a t3.micro spends 120 credits an hour and earns 12.
        CreditAccount owing = hour(account, 100);
        assertThat(owing.surplus()).isEqualTo(108, ROUNDING);
        assertThat(owing.charged()).isZero();

        CreditAccount charged = owing.after(Duration.ofHours(2), 100);
        assertThat(charged.surplus()).isEqualTo(288);
        assertThat(charged.charged()).isEqualTo(3 * 108 - 288, ROUNDING);
        assertThat(charged.balance()).isZero();
    }

    @Test
    void paysTheSurplusBackBeforeItSaves() {
        CreditAccount owing = new CreditAccount(T3_MICRO, UNLIMITED, 0, 0, 10, 5);

        CreditAccount idle = hour(owing, 0);

        assertThat(idle).isEqualTo(new CreditAccount(T3_MICRO, UNLIMITED, 2, 0, 0, 5));
    }

    @Test
    void losesLaunchCreditsWhenItGoesUnlimited() {
        CreditAccount account = new CreditAccount(T2_MICRO, STANDARD, 12, 30, 0, 0);

        assertThat(account.switchedTo(UNLIMITED)).isEqualTo(CreditAccount.withBalance(T2_MICRO, UNLIMITED, 12));
    }

    @Test
    void isChargedItsSurplusAtOnceWhenItGoesStandard() {
        CreditAccount owing = new CreditAccount(T3_MICRO, UNLIMITED, 0, 0, 40, 2);

        assertThat(owing.switchedTo(STANDARD)).isEqualTo(new CreditAccount(T3_MICRO, STANDARD, 0, 0, 0, 42));
        assertThat(owing.switchedTo(UNLIMITED)).isSameAs(owing);
    }

    @Test
    void chargesAVcpuHourFiveCents() {
        assertThat(60 * CreditAccount.USD_PER_CREDIT).isEqualTo(0.05, ROUNDING);
    }

    @Test
    void takesAReadingAboveTheCapForLaunchCredits() {
        assertThat(CreditAccount.observed(T2_MICRO, STANDARD, 160, 0))
                .isEqualTo(new CreditAccount(T2_MICRO, STANDARD, 144, 16, 0, 0));
        assertThat(CreditAccount.observed(T3_MICRO, UNLIMITED, 0, 999))
                .isEqualTo(new CreditAccount(T3_MICRO, UNLIMITED, 0, 0, 288, 0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 144.1, Double.NaN})
    void refusesABalanceThatTheTypeCannotHold(double balance) {
        assertThatThrownBy(() -> CreditAccount.withBalance(T2_MICRO, STANDARD, balance))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("t2.micro holds 0 to 144.0 earned credits");
    }

    @Test
    void refusesANegativeLoadAndAStepBackInTime() {
        CreditAccount account = CreditAccount.withBalance(T2_MICRO, STANDARD, 10);

        assertThatThrownBy(() -> hour(account, -1)).hasMessageContaining("0 to 100 percent, not -1.0");
        assertThatThrownBy(() -> account.after(Duration.ofSeconds(-1), 10)).hasMessageContaining("back in time");
    }

    @Test
    void takesALoadAboveAHundredPercentForAHundred() {
        CreditAccount account = CreditAccount.withBalance(T2_MICRO, STANDARD, 100);

        assertThat(hour(account, 250)).isEqualTo(hour(account, 100));
    }

    private static CreditAccount hour(CreditAccount account, double cpuPercent) {
        return account.after(Duration.ofHours(1), cpuPercent);
    }

    private static BurstableType type(String name) {
        return BurstableType.of(new InstanceType(name)).orElseThrow();
    }
}
