package dev.mainstay.backtest.policy;

import dev.mainstay.backtest.Machine;
import dev.mainstay.backtest.Turn;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** What baselines ask of their nodes, and do with them, each in the same way. */
final class Fleet {
    private Fleet() {}

    static List<Machine> spot(Turn turn) {
        return turn.nodes().stream().filter(Machine::spot).toList();
    }

    static List<Machine> onDemand(Turn turn) {
        return turn.nodes().stream().filter(node -> !node.spot()).toList();
    }

    static int serving(Turn turn, Predicate<Machine> which) {
        return (int) turn.nodes().stream()
                .filter(node -> which.test(node) && turn.serves(node))
                .count();
    }

    static int in(Turn turn, int zone) {
        return (int) turn.nodes().stream()
                .filter(node -> node.spot() && node.zone() == zone)
                .count();
    }

    /** Brings the number of on-demand nodes to this: the youngest go first. */
    static void onDemand(Turn turn, int wanted) {
        List<Machine> there = onDemand(turn);
        for (int i = there.size(); i < wanted; i++) {
            turn.launchOnDemand(i % turn.market().zoneCount());
        }
        there.stream()
                .sorted(Comparator.comparingInt(Machine::id).reversed())
                .limit(Math.max(0, there.size() - wanted))
                .forEach(turn::terminate);
    }
}
