package dev.mainstay.backtest;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What fails a backtest: a figure of the daemon's policy, or of a named one, under or over a number. Written as {@code
 * availability<0.999} or {@code spothedge:1/cost>0.6}.
 */
public record Limit(String text, Optional<String> policy, Figure figure, boolean under, double number) {
    private static final Pattern FORM =
            Pattern.compile("(?:(?<policy>[^/]+)/)?(?<figure>\\w+)\\s*(?<than>[<>])\\s*(?<number>.+)");

    /** What can be asked for, by the names in the JSON. */
    private static final List<Figure> FIGURES = List.of(
            new Figure("availability", Figures::availability),
            new Figure("nodeAvailability", Figures::nodeAvailability),
            new Figure("cost", Figures::cost),
            new Figure("losses", Figures::losses),
            new Figure("lossEvents", Figures::lossEvents),
            new Figure("launches", Figures::launches),
            new Figure("refusedLaunches", Figures::refusedLaunches),
            new Figure("switches", Figures::switches),
            new Figure("maxSwitchesPerDay", Figures::maxSwitchesPerDay),
            new Figure("longestGapSeconds", Figures::longestGapSeconds),
            new Figure("allDownShare", Figures::allDownShare));

    /** One of the figures of a policy. */
    public record Figure(String name, ToDoubleFunction<Figures> of) {}

    /** @throws IllegalArgumentException if the text is none; says what is allowed */
    public static Limit of(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (form.matches()) {
            Optional<Figure> figure = FIGURES.stream()
                    .filter(one -> one.name().equals(form.group("figure")))
                    .findFirst();
            try {
                double number = Double.parseDouble(form.group("number"));
                if (figure.isPresent() && Double.isFinite(number)) {
                    return new Limit(
                            text,
                            Optional.ofNullable(form.group("policy")),
                            figure.get(),
                            form.group("than").equals("<"),
                            number);
                }
            } catch (NumberFormatException e) {
                // told below, as any other text that is no limit
            }
        }
        throw new IllegalArgumentException(
                "'%s' is no limit; needs a figure, < or >, and a number, such as availability<0.999, perhaps after POLICY/;"
                                .formatted(text)
                        + " figures are "
                        + FIGURES.stream().map(Figure::name).collect(Collectors.joining(", ")));
    }

    /** Whom it is about. */
    public boolean about(BacktestReport.Result result) {
        return policy.map(result.name()::equals).orElse(result.ofDaemon());
    }

    /** What is missed, in words; empty where nothing is. */
    public List<String> missed(List<BacktestReport.Result> results) {
        return results.stream()
                .filter(this::about)
                .filter(result -> missedBy(figure.of().applyAsDouble(result.figures())))
                .map(result -> "%s: %s is %.6g, which is %s"
                        .formatted(result.name(), figure.name(), figure.of().applyAsDouble(result.figures()), text))
                .toList();
    }

    private boolean missedBy(double value) {
        return under ? value < number : value > number;
    }
}
