package dev.mainstay.credits;

import dev.mainstay.cluster.CreditMode;
import java.time.Duration;
import java.util.Optional;

/**
 * The CPU credits of one running instance at one instant. Immutable; every change is a new account. All amounts are in
 * credits: one credit runs one vCPU at 100 % for one minute.
 *
 * <p>The rules, in the order in which they apply (EC2 User Guide, "Standard mode" and "Unlimited mode" for burstable
 * performance instances):
 *
 * <ol>
 *   <li>Credits are earned at all times, at a constant rate, up to 24 hours of earning; what goes beyond is lost.
 *   <li>Launch credits are spent before earned ones, and do not count toward that cap.
 *   <li>In standard mode with nothing left, the CPU falls to the baseline, where spending equals earning. EC2 lowers it
 *       gradually; here it falls at once.
 *   <li>In unlimited mode with nothing left, the CPU runs on and a surplus is owed, up to 24 hours of earning; spending
 *       beyond is charged. What is earned above spending pays the surplus back before it adds to the balance.
 * </ol>
 *
 * <p>EC2 bills charged credits at the end of the hour in which they arise; here they count at the instant of spending.
 *
 * @param earned unspent earned credits, 0 to the type's cap
 * @param launch unspent launch credits; T2 in standard mode only
 * @param surplus credits spent and not yet earned: billed unless paid back
 * @param charged the sum of the credits that are beyond paying back: they will be on the bill
 */
public record CreditAccount(
        BurstableType type, CreditMode mode, double earned, double launch, double surplus, double charged) {

    /**
     * What a vCPU-hour of charged credits costs on Linux, in USD. Source: EC2 User Guide, "Unlimited mode", and the EC2
     * on-demand price page, T2, T3 and T3a. Graviton's T4g is billed a little less, so for it this is an upper bound.
     */
    public static final double USD_PER_VCPU_HOUR = 0.05;

    /** What one charged credit costs on Linux, in USD: a credit is one vCPU-minute. */
    public static final double USD_PER_CREDIT = USD_PER_VCPU_HOUR / 60;

    /**
     * A falling balance at or under this, in credits, is zero. Without it the rounding of {@link #exhaustedAfter} to
     * nanoseconds can leave a trace of a credit, and a caller who waits for the exhaustion finds it still to come.
     */
    private static final double NOTHING = 1e-9;

    public CreditAccount {
        if (!(earned >= 0 && earned <= type.maxBalance())) {
            throw new IllegalArgumentException(
                    "%s holds 0 to %s earned credits, not %s".formatted(type.type(), type.maxBalance(), earned));
        }
        if (!(launch >= 0 && launch <= (mode == CreditMode.STANDARD ? type.launchCredits() : 0))) {
            throw new IllegalArgumentException(
                    "%s in %s mode cannot hold %s launch credits".formatted(type.type(), mode.label(), launch));
        }
        if (!(surplus >= 0 && surplus <= (mode == CreditMode.UNLIMITED ? type.maxBalance() : 0))) {
            throw new IllegalArgumentException(
                    "%s in %s mode cannot owe %s credits".formatted(type.type(), mode.label(), surplus));
        }
        if (!(charged >= 0)) {
            throw new IllegalArgumentException("charged credits cannot be " + charged);
        }
    }

    /**
     * The account of an instance that was launched or started just now.
     *
     * @param withLaunchCredits whether EC2 still gives launch credits: it does for a limited number of launches per
     *     account, region and day; of no effect outside of T2 in standard mode
     */
    public static CreditAccount launched(BurstableType type, CreditMode mode, boolean withLaunchCredits) {
        boolean given = withLaunchCredits && mode == CreditMode.STANDARD;
        return new CreditAccount(type, mode, 0, given ? type.launchCredits() : 0, 0, 0);
    }

    /** An account with this many earned credits and nothing else; refuses what is not 0 to the type's cap. */
    public static CreditAccount withBalance(BurstableType type, CreditMode mode, double earnedBalance) {
        return new CreditAccount(type, mode, earnedBalance, 0, 0, 0);
    }

    /**
     * The account behind two CloudWatch readings, CPUCreditBalance and CPUSurplusCreditBalance. What the balance has
     * above the cap can only be launch credits, and is taken for them; readings beyond what the type can hold, or below
     * zero, are brought back to its limits.
     */
    public static CreditAccount observed(BurstableType type, CreditMode mode, double balance, double surplus) {
        double earned = Math.clamp(balance, 0, type.maxBalance());
        double launch = mode == CreditMode.STANDARD ? Math.clamp(balance - earned, 0, type.launchCredits()) : 0;
        double owed = mode == CreditMode.UNLIMITED ? Math.clamp(surplus, 0, type.maxBalance()) : 0;
        return new CreditAccount(type, mode, earned, launch, owed, 0);
    }

    /** Earned and launch credits together, as CloudWatch's CPUCreditBalance. */
    public double balance() {
        return earned + launch;
    }

    /** What would be billed, in credits, if the instance were stopped, terminated or switched to standard mode now. */
    public double owed() {
        return surplus;
    }

    /**
     * The account after some time at a constant load. Exact: two halves one after the other give what the whole gives, up
     * to rounding.
     *
     * @param requestedCpuPercent the load that the instance is asked to carry, as CloudWatch's CPUUtilization: percent of
     *     all vCPUs together, 0 to 100; more counts as 100
     */
    public CreditAccount after(Duration time, double requestedCpuPercent) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("an account cannot go back in time: " + time);
        }
        double minutes = time.getSeconds() / 60.0 + time.getNano() / 60e9;
        double spending = spending(requestedCpuPercent);
        double earning = type.creditsPerMinute(type.baselinePercent());
        double cap = type.maxBalance();

        double launchLeft = launch;
        double earnedNow = earned;
        if (launch > 0) {
            double lasts = spending > 0 ? launch / spending : Double.POSITIVE_INFINITY;
            double onLaunchCredits = Math.min(minutes, lasts);
            launchLeft = lasts <= minutes ? 0 : Math.max(launch - spending * onLaunchCredits, 0);
            earnedNow = Math.min(cap, earned + earning * onLaunchCredits);
            minutes -= onLaunchCredits;
        }
        double gained = (earning - spending) * minutes;
        if (gained >= 0) {
            double paidBack = Math.min(surplus, gained);
            double kept = Math.min(cap, earnedNow + gained - paidBack);
            return new CreditAccount(type, mode, kept, launchLeft, surplus - paidBack, charged);
        }
        double kept = earnedNow + gained <= NOTHING ? 0 : earnedNow + gained;
        if (mode == CreditMode.STANDARD) {
            return new CreditAccount(type, mode, kept, launchLeft, surplus, charged);
        }
        double due = surplus + Math.max(-gained - earnedNow, 0);
        return new CreditAccount(type, mode, kept, launchLeft, Math.min(due, cap), charged + Math.max(due - cap, 0));
    }

    /**
     * How long until the balance is zero under a constant load above the baseline; zero where it is zero now, empty where
     * the load never uses it up. The same instant in both modes: in standard mode the CPU is throttled from then on, in
     * unlimited mode it runs on and a surplus grows.
     *
     * @param requestedCpuPercent as for {@link #after}
     */
    public Optional<Duration> exhaustedAfter(double requestedCpuPercent) {
        double spending = spending(requestedCpuPercent);
        double earning = type.creditsPerMinute(type.baselinePercent());
        if (spending <= earning) {
            return Optional.empty();
        }
        double onLaunchCredits = launch / spending;
        double then = Math.min(type.maxBalance(), earned + earning * onLaunchCredits);
        double minutes = onLaunchCredits + then / (spending - earning);
        return Optional.of(Duration.ofNanos(Math.round(minutes * 60e9)));
    }

    /**
     * The load that the CPU really carries now, in percent: all that is requested, or at most the baseline where standard
     * mode has nothing left to spend.
     *
     * @param requestedCpuPercent as for {@link #after}
     */
    public double deliveredPercent(double requestedCpuPercent) {
        double possible = possible(requestedCpuPercent);
        boolean throttled = mode == CreditMode.STANDARD && balance() <= 0;
        return throttled ? Math.min(possible, type.baselinePercent()) : possible;
    }

    /**
     * The account after its credit specification is changed. Going unlimited loses the launch credits; going standard has
     * the surplus charged at once. Source: EC2 User Guide, "Standard mode concepts" and "Unlimited mode concepts".
     */
    public CreditAccount switchedTo(CreditMode other) {
        return other == mode ? this : new CreditAccount(type, other, earned, 0, 0, charged + surplus);
    }

    private double spending(double requestedCpuPercent) {
        return type.creditsPerMinute(possible(requestedCpuPercent));
    }

    private static double possible(double requestedCpuPercent) {
        if (!(requestedCpuPercent >= 0)) {
            throw new IllegalArgumentException("a load is 0 to 100 percent, not " + requestedCpuPercent);
        }
        return Math.min(requestedCpuPercent, 100);
    }
}
