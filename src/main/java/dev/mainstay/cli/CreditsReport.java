package dev.mainstay.cli;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.credits.CreditAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code mainstay credits} answers: the account at the end of each period of a load. Its components are the JSON's
 * fields; amounts are in credits, rounded to two decimals.
 */
record CreditsReport(String type, String mode, List<Period> periods) {

    /**
     * One period of the load.
     *
     * @param cpu the load that was asked for, in percent of all vCPUs
     * @param balance launch credits included
     * @param charged the sum since the beginning of the first period
     * @param exhaustedAfterMinutes minutes from the beginning of this period until nothing was left, to one decimal; null
     *     where something was left to its end
     */
    record Period(
            double hours,
            double cpu,
            double balance,
            double surplus,
            double charged,
            @Nullable Double exhaustedAfterMinutes) {}

    static CreditsReport of(CreditAccount start, CpuLoad load) {
        List<Period> periods = new ArrayList<>();
        CreditAccount account = start;
        for (CpuLoad.Period period : load.periods()) {
            Double exhausted = account.exhaustedAfter(period.cpuPercent())
                    .filter(after -> after.compareTo(period.length()) <= 0)
                    .map(after -> Math.round(minutes(after) * 10) / 10.0)
                    .orElse(null);
            account = account.after(period.length(), period.cpuPercent());
            periods.add(new Period(
                    rounded(minutes(period.length()) / 60),
                    rounded(period.cpuPercent()),
                    rounded(account.balance()),
                    rounded(account.surplus()),
                    rounded(account.charged()),
                    exhausted));
        }
        return new CreditsReport(start.type().type().name(), start.mode().label(), periods);
    }

    /** The report for people, with the rates by which it was reckoned and what the end of it costs. */
    String text(CreditAccount start) {
        TextTable table = new TextTable("hours", "cpu %", "balance", "surplus", "charged", "exhausted after");
        for (Period period : periods) {
            Double exhausted = period.exhaustedAfterMinutes();
            table.row(
                    decimals(period.hours()),
                    decimals(period.cpu()),
                    decimals(period.balance()),
                    decimals(period.surplus()),
                    decimals(period.charged()),
                    exhausted == null ? "-" : String.format(Locale.ROOT, "%.1f min", exhausted));
        }
        return "%s%n%n%s%s".formatted(rates(start), table, bill());
    }

    private String rates(CreditAccount start) {
        return String.format(
                Locale.ROOT,
                "%s in %s mode, from %s credits: earns %s an hour up to %s, which pays for %s %% CPU.",
                type,
                mode,
                decimals(start.balance()),
                number(start.type().creditsPerHour()),
                number(start.type().maxBalance()),
                number(start.type().baselinePercent()));
    }

    private String bill() {
        if (!mode.equals(CreditMode.UNLIMITED.label())) {
            return "";
        }
        Period last = periods.getLast();
        return String.format(
                Locale.ROOT,
                "%nOn Linux the charged credits cost %.4f USD; terminating now would bill the surplus too, %.4f USD more.",
                last.charged() * CreditAccount.USD_PER_CREDIT,
                last.surplus() * CreditAccount.USD_PER_CREDIT);
    }

    private static double minutes(Duration time) {
        return time.getSeconds() / 60.0 + time.getNano() / 60e9;
    }

    private static double rounded(double number) {
        return Math.round(number * 100) / 100.0;
    }

    private static String decimals(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    /** A number without the decimals that it does not have. */
    static String number(double number) {
        return number == Math.rint(number) ? String.format(Locale.ROOT, "%.0f", number) : String.valueOf(number);
    }
}
