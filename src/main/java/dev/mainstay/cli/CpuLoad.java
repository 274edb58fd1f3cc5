package dev.mainstay.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A CPU load over time, as typed: {@code 10%:1h,100%:30m}, each period with its load and its length. */
record CpuLoad(List<Period> periods) {

    /**
     * A time of constant load.
     *
     * @param cpuPercent the load that is asked for, in percent of all vCPUs, as CloudWatch's CPUUtilization
     */
    record Period(double cpuPercent, Duration length) {}

    CpuLoad {
        periods = List.copyOf(periods);
    }

    /** Reads the form above; a mistake is reported with the element in which it is. */
    static final class Converter implements ITypeConverter<CpuLoad> {
        private static final Pattern FORM = Pattern.compile("([^:%]*)(%?)(?::(.*))?");
        private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

        @Override
        public CpuLoad convert(String text) {
            List<Period> periods = new ArrayList<>();
            for (String element : text.split(",", -1)) {
                try {
                    periods.add(period(element.strip()));
                } catch (TypeConversionException e) {
                    throw new TypeConversionException(
                            "element %d, '%s': %s".formatted(periods.size() + 1, element.strip(), e.getMessage()));
                }
            }
            return new CpuLoad(periods);
        }

        private static Period period(String element) {
            Matcher matcher = FORM.matcher(element);
            if (element.isEmpty() || !matcher.matches() || matcher.group(3) == null) {
                throw new TypeConversionException("a period is a CPU load and a duration, as 10%:1h");
            }
            String number = matcher.group(1);
            if (!NUMBER.matcher(number).matches()) {
                throw new TypeConversionException(
                        "'%s' is not a CPU load; write a number from 0 to 100 and its %%, as 10%%:1h"
                                .formatted(number + matcher.group(2)));
            }
            if (matcher.group(2).isEmpty()) {
                throw new TypeConversionException(
                        "the CPU load lacks its %%; write %s%%:%s".formatted(number, matcher.group(3)));
            }
            double cpuPercent = Double.parseDouble(number);
            if (cpuPercent > 100) {
                throw new TypeConversionException(
                        "a CPU load is 0%% to 100%% of all vCPUs together, not %s%%".formatted(number));
            }
            Duration length = DurationConverter.parse(matcher.group(3));
            if (length.isZero()) {
                throw new TypeConversionException("a period is longer than zero");
            }
            return new Period(cpuPercent, length);
        }
    }
}
