package dev.mainstay.testing;

import dev.mainstay.catalog.Catalog;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Planner;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.guard.Guards;
import dev.mainstay.planning.rule.Rule;
import dev.mainstay.planning.rule.Rules;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The planner that tests test: the real one, or, with {@code -Dmainstay.without=<rule or guard>}, one that lacks that rule
 * or guard. Without each of them some test must fail, or nobody would notice its loss.
 */
public final class Planners {
    public static final String WITHOUT = "mainstay.without";

    private Planners() {}

    public static Planner underTest() {
        String without =
                System.getProperty(WITHOUT, "").toUpperCase(Locale.ROOT).replace('-', '_');
        Guards guards = Stream.of(GuardName.values())
                .filter(guard -> guard.name().equals(without))
                .findFirst()
                .map(new Guards()::without)
                .orElseGet(Guards::new);
        boolean rule = Stream.of(RuleName.values()).anyMatch(name -> name.name().equals(without));
        boolean guard =
                Stream.of(GuardName.values()).anyMatch(name -> name.name().equals(without));
        if (!without.isEmpty() && !rule && !guard) {
            throw new IllegalArgumentException("no rule or guard is called " + without);
        }
        List<Rule> rules = Rules.ALL.stream()
                .filter(each -> !each.name().name().equals(without))
                .toList();
        return new Planner(
                Catalog.shipped(),
                Planting.active().map(planted -> planted.rules(rules, guards)).orElse(rules),
                guards);
    }

    /** The real one, with this mistake in it. */
    static Planner with(Planting mistake) {
        Guards guards = new Guards();
        return new Planner(Catalog.shipped(), mistake.rules(Rules.ALL, guards), guards);
    }
}
