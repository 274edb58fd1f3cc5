package dev.mainstay.backtest.policy;

import dev.mainstay.backtest.Contender;
import dev.mainstay.backtest.Frame;
import dev.mainstay.backtest.Policy;
import dev.mainstay.backtest.SpotMarket;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.planning.Planner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The policies by their names, as {@code NAME} or {@code NAME:ARGUMENT}. */
public final class Policies {
    public static final String MAINSTAY = "mainstay";
    private static final Pattern MINUTES = Pattern.compile("\\d{1,5}m?");
    private static final List<Known> ALL = List.of(
            new Known(MAINSTAY, "", _ -> (market, frame) -> daemon(market, frame, Specs.shipped(frame))),
            new Known("on-demand", "", _ -> (_, _) -> new OnDemandOnly()),
            new Known("single-zone-spot", "ZONE-NUMBER, or the best in hindsight", Policies::singleZone),
            new Known("even-spread-spot", "", _ -> (_, _) -> new EvenSpreadSpot()),
            new Known("round-robin-spot", "", _ -> (_, _) -> new RoundRobinSpot()),
            new Known("spothedge", "EXTRA-NODES, 1 when left out", text -> hedge(text, false)),
            new Known("spothedge-noticed", "EXTRA-NODES, 1 when left out", text -> hedge(text, true)),
            new Known("autoscaling-mixed", "PERCENT on-demand above the base, 0 when left out", text -> {
                double share = number(text.isEmpty() ? "0" : text, 100) / 100;
                return (_, _) -> new AutoscalingMixed(share);
            }),
            new Known("autospotting", "", _ -> (_, _) -> new AutoSpotting()),
            new Known("karpenter-cache", "", _ -> (_, _) -> new KarpenterCache()),
            new Known("uniform-progress", "", _ -> (_, _) -> new UniformProgress()),
            new Known(
                    "price-return", "SHARE:MINUTES of on-demand and calm, .9:10 when left out", Policies::priceReturn),
            new Known("clairvoyant", "", _ -> null),
            new Known("cross-zone-bound", "", _ -> null));

    private Policies() {}

    /** A policy that can be asked for. A maker of null is the market's bound. */
    private record Known(String name, String argument, Function<String, Contender.@Nullable Maker> maker) {
        String help() {
            return argument.isEmpty() ? name : name + "[:" + argument + "]";
        }
    }

    /** Every policy and what its argument means, a line each. */
    public static List<String> help() {
        return ALL.stream().map(Known::help).toList();
    }

    /** What is compared when nobody says what. */
    public static List<String> usual(boolean prices) {
        return prices
                ? List.of(
                        MAINSTAY,
                        "on-demand",
                        "price-return:1:0",
                        "price-return:.9:10",
                        "price-return:.8:30",
                        "cross-zone-bound")
                : List.of(
                        MAINSTAY,
                        "on-demand",
                        "single-zone-spot",
                        "even-spread-spot",
                        "round-robin-spot",
                        "autoscaling-mixed",
                        "autospotting",
                        "karpenter-cache",
                        "uniform-progress",
                        "spothedge:0",
                        "spothedge:1",
                        "spothedge:2",
                        "spothedge:3",
                        "clairvoyant");
    }

    /**
     * The policy of this name.
     *
     * @throws IllegalArgumentException if there is none, or its argument is none; says which there are
     */
    public static Contender named(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String argument = colon < 0 ? "" : text.substring(colon + 1);
        Known known = ALL.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'%s' is no policy; one of %s"
                        .formatted(name, ALL.stream().map(Known::name).collect(Collectors.joining(", ")))));
        if (colon >= 0 && (argument.isEmpty() || known.argument().isEmpty())) {
            throw bad(text, known);
        }
        try {
            Contender.Maker maker = known.maker().apply(argument);
            return maker == null
                    ? Contender.bound(text)
                    : name.equals(MAINSTAY) ? Contender.daemon(text, maker) : Contender.of(text, maker);
        } catch (NumberFormatException e) {
            throw bad(text, known);
        }
    }

    private static IllegalArgumentException bad(String text, Known known) {
        return new IllegalArgumentException("'%s' is no policy; needs %s".formatted(text, known.help()));
    }

    /** The daemon with this cluster's config. */
    public static Contender of(String name, ClusterSpec cluster) {
        return Contender.daemon(name, (market, frame) -> daemon(market, frame, cluster));
    }

    private static Policy daemon(SpotMarket market, Frame frame, ClusterSpec cluster) {
        ClusterSpec spec = Specs.in(market, frame, cluster);
        return new Mainstay(spec, new Planner(Specs.catalog(market, spec)), market.start());
    }

    private static Contender.Maker singleZone(String text) {
        if (text.isEmpty()) {
            return (market, frame) -> SingleZoneSpot.best(market, frame.desired());
        }
        int zone = (int) number(text, 99);
        return (market, _) -> new SingleZoneSpot(Math.min(zone, market.zoneCount() - 1));
    }

    private static Contender.Maker hedge(String text, boolean noticed) {
        int extra = (int) number(text.isEmpty() ? "1" : text, 99);
        return (_, _) -> new SpotHedge(extra, noticed);
    }

    private static Contender.Maker priceReturn(String text) {
        List<String> parts = new ArrayList<>(List.of((text.isEmpty() ? ".9:10" : text).split(":")));
        if (parts.size() != 2 || !MINUTES.matcher(parts.get(1)).matches()) {
            throw new NumberFormatException(text);
        }
        double share = number(parts.get(0), 1);
        Duration calm = Duration.ofMinutes(Long.parseLong(parts.get(1).replace("m", "")));
        return (_, _) -> new PriceReturn(share, calm);
    }

    private static double number(String text, double most) {
        double number = Double.parseDouble(text);
        if (!(number >= 0 && number <= most)) {
            throw new NumberFormatException(text);
        }
        return number;
    }
}
