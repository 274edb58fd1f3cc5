package dev.mainstay.credits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mainstay.cluster.CreditMode;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every account under every load. The cases are drawn from a fixed seed; a failure prints its case. */
class CreditAccountPropertyTest {
    private static final Offset<Double> ROUNDING = within(1e-8);

    record Case(CreditAccount account, Duration time, double cpuPercent, double split) {}

    static Stream<Case> cases() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20261101);
        List<BurstableType> types = BurstableType.all();
        return Stream.generate(() -> drawn(random, types.get(random.nextInt(types.size()))))
                .limit(150);
    }

    private static Case drawn(RandomGenerator random, BurstableType type) {
        CreditMode mode = random.nextBoolean() ? CreditMode.STANDARD : CreditMode.UNLIMITED;
        // Often nothing, often all, sometimes between: the corners are where the rules change.
        double earned = type.maxBalance() * Math.clamp(random.nextDouble(-0.5, 1.5), 0, 1);
        double launch =
                mode == CreditMode.STANDARD ? type.launchCredits() * Math.clamp(random.nextDouble(-0.5, 1.5), 0, 1) : 0;
        double surplus = mode == CreditMode.UNLIMITED && earned == 0
                ? type.maxBalance() * Math.clamp(random.nextDouble(-0.5, 1.5), 0, 1)
                : 0;
        double cpuPercent = random.nextInt(4) == 0 ? type.baselinePercent() : random.nextDouble(0, 101);
        Duration time =
                Duration.ofMillis(random.nextLong(1, Duration.ofHours(40).toMillis()));
        return new Case(
                new CreditAccount(type, mode, earned, launch, surplus, random.nextInt(100)),
                time,
                cpuPercent,
                random.nextDouble());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheSameInTwoStepsAsInOne(Case drawn) {
        Duration first = Duration.ofNanos((long) (drawn.time().toNanos() * drawn.split()));

        CreditAccount whole = drawn.account().after(drawn.time(), drawn.cpuPercent());
        CreditAccount parts = drawn.account()
                .after(first, drawn.cpuPercent())
                .after(drawn.time().minus(first), drawn.cpuPercent());

        assertSame(parts, whole);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithSmallStepsOfTheDocumentedFormula(Case drawn) {
        CreditAccount account = drawn.account();
        int steps = 10_000;
        double minutes = drawn.time().toNanos() / 60e9 / steps;
        double earning = account.type().creditsPerHour() / 60 * minutes;
        double spending =
                Math.min(drawn.cpuPercent(), 100) / 100 * account.type().vcpus() * minutes;
        double cap = account.type().maxBalance();
        double earned = account.earned();
        double launch = account.launch();
        double surplus = account.surplus();
        double charged = account.charged();
        for (int i = 0; i < steps; i++) {
            double fromLaunch = Math.min(launch, spending);
            launch -= fromLaunch;
            double adjusted = earned - surplus + earning - (spending - fromLaunch);
            earned = Math.clamp(adjusted, 0, cap);
            if (account.mode() == CreditMode.UNLIMITED) {
                surplus = Math.clamp(-adjusted, 0, cap);
                charged += Math.max(-adjusted - cap, 0);
            }
        }

        // The steps blur where one rule ends and the next begins by no more than a step's spending.
        Offset<Double> blur = within(spending + earning + 1e-6);
        CreditAccount exact = account.after(drawn.time(), drawn.cpuPercent());
        assertThat(exact.earned()).isEqualTo(earned, blur);
        assertThat(exact.launch()).isEqualTo(launch, blur);
        assertThat(exact.surplus()).isEqualTo(surplus, blur);
        assertThat(exact.charged()).isEqualTo(charged, blur);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void balancesWhatIsEarnedSpentAndLostToTheCap(Case drawn) {
        CreditAccount before = drawn.account();
        CreditAccount after = before.after(drawn.time(), drawn.cpuPercent());
        double minutes = drawn.time().toNanos() / 60e9;
        double earned = before.type().creditsPerHour() / 60 * minutes;

        double lost = earned - spent(drawn, minutes) - (worth(after) - worth(before));

        assertThat(lost).isGreaterThan(-1e-6);
        if (before.earned() + earned < before.type().maxBalance()) {
            assertThat(lost).as("lost without having reached the cap").isEqualTo(0, ROUNDING);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hasNothingLeftExactlyWhenItSaysSo(Case drawn) {
        CreditAccount account = drawn.account();

        account.exhaustedAfter(drawn.cpuPercent())
                .ifPresentOrElse(
                        time -> {
                            assertThat(account.after(time, drawn.cpuPercent()).balance())
                                    .isZero();
                            if (time.compareTo(Duration.ofSeconds(1)) > 0) {
                                assertThat(account.after(time.minusSeconds(1), drawn.cpuPercent())
                                                .balance())
                                        .isPositive();
                            }
                        },
                        () -> assertThat(account.after(drawn.time(), drawn.cpuPercent())
                                        .earned())
                                .isGreaterThanOrEqualTo(account.earned()));
    }

    /** What the CPU really used, in credits: all that was asked for, and the baseline while it was throttled. */
    private static double spent(Case drawn, double minutes) {
        CreditAccount account = drawn.account();
        double asked = Math.min(drawn.cpuPercent(), 100) / 100 * account.type().vcpus();
        double free = account.mode() == CreditMode.UNLIMITED
                ? minutes
                : account.exhaustedAfter(drawn.cpuPercent())
                        .map(time -> Math.min(time.toNanos() / 60e9, minutes))
                        .orElse(minutes);
        return asked * free + account.type().creditsPerHour() / 60 * (minutes - free);
    }

    private static double worth(CreditAccount account) {
        return account.balance() - account.surplus() - account.charged();
    }

    private static void assertSame(CreditAccount actual, CreditAccount expected) {
        assertThat(actual.earned()).isEqualTo(expected.earned(), ROUNDING);
        assertThat(actual.launch()).isEqualTo(expected.launch(), ROUNDING);
        assertThat(actual.surplus()).isEqualTo(expected.surplus(), ROUNDING);
        assertThat(actual.charged()).isEqualTo(expected.charged(), ROUNDING);
    }
}
