package dev.mainstay.cli;

import dev.mainstay.simulation.Pace;
import dev.mainstay.simulation.demo.Demo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What can be said of the demo, and of nothing else. */
final class DemoArguments {
    private static final long SEED = 7;

    /** A day in ten minutes. */
    private static final Pace WATCHABLE = Pace.times(144);

    @Option(names = "--seed", paramLabel = "N", description = "One seed, one run. Default: 7.")
    private @Nullable Long seed;

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            converter = PaceConverter.class,
            description =
                    "Virtual seconds in each real one; max: as fast as possible. Default: 144, a day in ten minutes.")
    private @Nullable Pace pace;

    @Option(names = "--days", paramLabel = "N", description = "End after so many virtual days. Default: never.")
    private @Nullable Integer days;

    @Option(names = "--events", paramLabel = "FILE", description = "Write the event log there, a line an event.")
    private @Nullable Path events;

    @Option(
            names = "--cpu",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Recorded CPU load, a node a file, in place of the generated one.")
    private List<Path> cpu = List.of();

    @Option(
            names = "--prices",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Recorded spot prices, in place of the generated ones.")
    private List<Path> prices = List.of();

    @Option(
            names = "--availability",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Recorded spot capacity, a zone a file, in place of the generated one.")
    private List<Path> availability = List.of();

    Demo.Options options() {
        return new Demo.Options(seed == null ? SEED : seed, pace(), cpu, prices, availability);
    }

    Pace pace() {
        return pace == null ? WATCHABLE : pace;
    }

    /** How long to run; empty: until it is stopped. */
    Optional<Duration> length() {
        return Optional.ofNullable(days).map(Duration::ofDays);
    }

    Optional<Path> events() {
        return Optional.ofNullable(events);
    }

    /** What is wrong with them, if anything. */
    Optional<String> objection(boolean config) {
        boolean any = seed != null
                || pace != null
                || days != null
                || events != null
                || !cpu.isEmpty()
                || !prices.isEmpty()
                || !availability.isEmpty();
        if (config && any) {
            return Optional.of("--seed, --speed, --days, --events, --cpu, --prices and --availability are the demo's,"
                    + " and there is no demo with --config; leave out one or the other");
        }
        return days != null && days < 1
                ? Optional.of("--days %d: needs a number of days, 1 or more".formatted(days))
                : Optional.empty();
    }

    static final class PaceConverter implements ITypeConverter<Pace> {
        @Override
        public Pace convert(String value) {
            if (value.equals("max")) {
                return Pace.MAX;
            }
            try {
                double factor = Double.parseDouble(value);
                if (factor > 0 && factor <= 1e6) {
                    return Pace.times(factor);
                }
            } catch (NumberFormatException e) {
                // told below, like any other value that is not a pace
            }
            throw new TypeConversionException(
                    "'%s' is not a speed; needs max, or a number above 0 up to 1000000, such as 144".formatted(value));
        }
    }
}
