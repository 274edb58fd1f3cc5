package dev.mainstay.cli;

import dev.mainstay.backtest.Markets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The part of a history that is replayed. Where an end is not given the history's own holds. */
record TimeSpan(@Nullable Edge first, @Nullable Edge last) implements Markets.Span {

    /** A time as typed: of the calendar, or since the start of the history. */
    sealed interface Edge {
        record Dated(Instant at) implements Edge {}

        record Since(Duration start) implements Edge {}
    }

    /** Reads {@code 2015-04-01}, {@code 2015-04-01T12:00:00Z} (both UTC) and {@code 20d}. */
    static final class Converter implements ITypeConverter<Edge> {
        @Override
        public Edge convert(String text) {
            try {
                return new Edge.Dated(
                        text.contains("T")
                                ? Instant.parse(text)
                                : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
            } catch (DateTimeException e) {
                // It may be a length.
            }
            try {
                return new Edge.Since(DurationConverter.parse(text));
            } catch (TypeConversionException e) {
                throw new TypeConversionException(
                        "'%s' is no time; write 2015-04-01, 2015-04-01T12:00:00Z, or 20d from the start of the history"
                                .formatted(text));
            }
        }
    }

    @Override
    public Duration from(Optional<Instant> recordedFrom, Duration length) {
        Duration from = first == null ? Duration.ZERO : since(first, recordedFrom);
        Duration to = last == null ? length : since(last, recordedFrom);
        if (from.isNegative() || to.compareTo(length) > 0 || from.compareTo(to) >= 0) {
            throw new CommandFailed(
                    ExitCode.BAD_USAGE,
                    "--from and --to name no part of the history, which %s %.1f days"
                            .formatted(
                                    recordedFrom
                                            .map(at -> "begins at " + at + " and has")
                                            .orElse("has"),
                                    length.toSeconds() / 86400.0));
        }
        return from;
    }

    @Override
    public Duration to(Optional<Instant> recordedFrom, Duration length) {
        return last == null ? length : since(last, recordedFrom);
    }

    private static Duration since(Edge edge, Optional<Instant> recordedFrom) {
        return switch (edge) {
            case Edge.Since since -> since.start();
            case Edge.Dated dated ->
                Duration.between(
                        recordedFrom.orElseThrow(
                                () -> new CommandFailed(
                                        ExitCode.BAD_USAGE,
                                        "this history has no dates; give --from and --to as a time since its start, such as 3d")),
                        dated.at());
        };
    }
}
