package dev.mainstay.stories;

import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How many nodes there are of which kind: "4 in service, at least 1 on-demand, at most 8 exist". */
final class Amounts {
    private final List<Amount> amounts = new ArrayList<>();

    /** @param what "in service", "on-demand" and "spot" (both in service), "exist", or "in us-east-1a" (in service) */
    private record Amount(int least, int most, String what, Market market, Zone zone) {
        int in(Tale.State state, Tale tale) {
            Set<NodeId> nodes = what.equals("exist") ? state.existing() : state.serving();
            return (int) nodes.stream()
                    .map(tale::machine)
                    .filter(machine -> (market == null || machine.market() == market)
                            && (zone == null || machine.zone().equals(zone)))
                    .count();
        }
    }

    static Amounts read(Words words) {
        Amounts amounts = new Amounts();
        do {
            boolean atLeast = words.take("at least");
            boolean atMost = !atLeast && words.take("at most");
            int number = words.number();
            amounts.amounts.add(amount(atMost ? 0 : number, atLeast ? Integer.MAX_VALUE : number, words));
        } while (words.take(","));
        return amounts;
    }

    private static Amount amount(int least, int most, Words words) {
        if (words.take("in service")) {
            return new Amount(least, most, "in service", null, null);
        }
        if (words.takeAny("exist", "exists")) {
            return new Amount(least, most, "exist", null, null);
        }
        if (words.take("in")) {
            Zone zone = words.zone();
            return new Amount(least, most, "in " + zone, null, zone);
        }
        Market market = Who.market(words);
        if (market == null) {
            throw words.refused();
        }
        return new Amount(least, most, market.label(), market, null);
    }

    /** What is different; empty where all is as it should be. */
    Optional<String> unmet(Tale.State state, Tale tale) {
        for (Amount amount : amounts) {
            int found = amount.in(state, tale);
            if (found < amount.least || found > amount.most) {
                return Optional.of("at %s: %d %s".formatted(Clock.of(state.at()), found, amount.what));
            }
        }
        return Optional.empty();
    }
}
