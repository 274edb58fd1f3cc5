package dev.mainstay.backtest.policy;

import dev.mainstay.backtest.Machine;
import dev.mainstay.backtest.Policy;
import dev.mainstay.backtest.Turn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * SpotHedge of SkyServe (Mao et al., EuroSys 2025): {@code extra} spot nodes more than wanted, placed in zones that neither
 * lost nor refused one lately, and on-demand for whatever spot does not serve. A zone that loses or refuses a node goes to the
 * preempted list; it comes back when a node in it stands a tick, or all do once no zone is active. A new node goes to a random
 * active zone without one of ours, else to a random active one.
 *
 * <p>Deviations: there is no autoscaler, the number wanted is fixed. The base is part of the on-demand nodes. With
 * {@code noticed} it does not count nodes of which AWS has said that it takes them, which the original does not do.
 */
final class SpotHedge implements Policy {
    private final int extra;
    private final boolean noticed;
    private final SortedSet<Integer> active = new TreeSet<>();
    private final Set<Integer> preempted = new HashSet<>();
    private List<Machine> known = List.of();

    SpotHedge(int extra, boolean noticed) {
        this.extra = extra;
        this.noticed = noticed;
    }

    @Override
    public void decide(Turn turn) {
        if (active.isEmpty() && preempted.isEmpty()) {
            reset(turn);
        }
        known.stream().filter(Machine::taken).forEach(lost -> preempt(lost.zone(), turn));
        if (noticed) {
            turn.nodes().stream()
                    .filter(node -> node.noticedAt() == turn.tick())
                    .forEach(doomed -> preempt(doomed.zone(), turn));
        }
        turn.nodes().stream()
                .filter(node -> node.spot() && counts(node, turn) && node.launchedAt() == turn.tick() - 1)
                .forEach(stood -> restore(stood.zone()));
        int base = turn.frame().base();
        int wanted = turn.frame().desired() - base + extra;
        long there = turn.nodes().stream()
                .filter(node -> node.spot() && counts(node, turn))
                .count();
        for (long missing = wanted - there; missing > 0; missing--) {
            int zone = choose(turn);
            if (turn.launchSpot(zone).isEmpty()) {
                preempt(zone, turn);
            }
        }
        int serving = Fleet.serving(turn, node -> node.spot() && counts(node, turn));
        Fleet.onDemand(turn, base + Math.clamp(wanted - serving, 0, turn.frame().desired() - base));
        known = Fleet.spot(turn);
    }

    private boolean counts(Machine node, Turn turn) {
        return !noticed || !node.noticed(turn.tick());
    }

    private int choose(Turn turn) {
        List<Integer> empty = new ArrayList<>(active);
        empty.removeIf(zone -> Fleet.in(turn, zone) > 0);
        List<Integer> among = empty.isEmpty() ? List.copyOf(active) : empty;
        return among.get(turn.random().nextInt(among.size()));
    }

    private void preempt(int zone, Turn turn) {
        active.remove(zone);
        preempted.add(zone);
        if (active.isEmpty()) {
            reset(turn);
        }
    }

    private void restore(int zone) {
        if (preempted.remove(zone)) {
            active.add(zone);
        }
    }

    private void reset(Turn turn) {
        preempted.clear();
        for (int zone = 0; zone < turn.market().zoneCount(); zone++) {
            active.add(zone);
        }
    }
}
