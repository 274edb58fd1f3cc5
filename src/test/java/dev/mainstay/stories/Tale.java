package dev.mainstay.stories;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Standing;
import dev.mainstay.planning.Wording;
import dev.mainstay.simulation.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What came of a story: the world as it was, and what Mainstay said and did. Times are since the start of the world. */
final class Tale {
    private final Duration opening;
    private final List<Write> writes = new ArrayList<>();
    private final List<State> states = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final Map<NodeId, Machine> machines = new LinkedHashMap<>();
    private final Map<String, NodeId> names = new HashMap<>();
    private final List<String> troubles = new ArrayList<>();

    Tale(Duration opening) {
        this.opening = opening;
    }

    /**
     * One AWS write.
     *
     * @param nodes launched, or the one that it is about
     * @param count how many nodes were asked for
     */
    record Write(
            Duration at,
            ActionKind kind,
            List<NodeId> nodes,
            Market market,
            Pool pool,
            CreditMode mode,
            int count,
            boolean done,
            String text) {}

    /** The world as it truly is at one time. */
    record State(Duration at, Set<NodeId> existing, Set<NodeId> serving) {}

    /** What one pass says. */
    record Told(Duration at, Set<ConditionName> conditions, Map<NodeId, Phase> phases, Set<GuardName> guards) {}

    Duration opening() {
        return opening;
    }

    void saw(Duration at, List<Machine> all, Set<NodeId> serving) {
        all.forEach(machine -> machines.putIfAbsent(machine.id(), machine));
        Set<NodeId> existing =
                all.stream().filter(Machine::alive).map(Machine::id).collect(Collectors.toUnmodifiableSet());
        states.add(new State(at, existing, serving));
    }

    void heard(Duration at, Pass pass) {
        told.add(new Told(
                at,
                pass.plan().conditions().stream().map(each -> each.name()).collect(Collectors.toUnmodifiableSet()),
                pass.plan().nodes().stream().collect(Collectors.toUnmodifiableMap(Standing::id, Standing::phase)),
                pass.plan().withheld().stream().map(each -> each.guard()).collect(Collectors.toUnmodifiableSet())));
        pass.outcomes().forEach(outcome -> wrote(at, outcome));
        pass.plan().conditions().stream()
                .filter(condition -> condition.name() == ConditionName.PLAN_REFUSED)
                .forEach(condition ->
                        trouble("%s: a plan was refused: %s".formatted(Clock.of(at), Wording.of(condition))));
    }

    private void wrote(Duration at, Outcome outcome) {
        if (outcome.result() instanceof Outcome.Result.Dropped) {
            return;
        }
        Action action = outcome.action();
        List<NodeId> nodes = new ArrayList<>(action.subject().stream().toList());
        if (outcome.result() instanceof Outcome.Result.Done done) {
            done.launched().forEach(instance -> nodes.add(instance.id()));
        }
        Action.Launch launch = action instanceof Action.Launch asked ? asked : null;
        Machine machine = action.subject().map(machines::get).orElse(null);
        writes.add(new Write(
                at,
                action.kind(),
                nodes,
                launch != null ? launch.market() : machine == null ? null : machine.market(),
                launch != null ? launch.pool() : machine == null ? null : machine.pool(),
                action instanceof Action.SetCreditMode change ? change.mode() : null,
                launch != null ? launch.count() : 1,
                outcome.result() instanceof Outcome.Result.Done,
                "%s: %s (%s)"
                        .formatted(Wording.deed(action), Wording.of(outcome.result()), Wording.of(action.reason()))));
    }

    void name(String name, NodeId node) {
        names.put(name, node);
    }

    Optional<NodeId> named(String name) {
        return Optional.ofNullable(names.get(name));
    }

    boolean hasName(NodeId node) {
        return names.containsValue(node);
    }

    /** The n-th node that was ever launched. */
    Optional<NodeId> numbered(int number) {
        return machines.keySet().stream().skip(number - 1L).findFirst();
    }

    Machine machine(NodeId id) {
        return machines.get(id);
    }

    /** Something that no story may contain. */
    void trouble(String what) {
        if (!troubles.contains(what)) {
            troubles.add(what);
        }
    }

    List<String> troubles() {
        return troubles;
    }

    /** After the opening. */
    List<Write> writes() {
        return writes.stream()
                .filter(write -> write.at().compareTo(opening) >= 0)
                .toList();
    }

    List<State> states() {
        return states.stream()
                .filter(state -> state.at().compareTo(opening) >= 0)
                .toList();
    }

    List<Told> told() {
        return told.stream().filter(each -> each.at().compareTo(opening) >= 0).toList();
    }

    /** As a story tells of a node: by its name there, or by its number. */
    String call(NodeId id) {
        int number = new ArrayList<>(machines.keySet()).indexOf(id) + 1;
        return names.entrySet().stream()
                .filter(name -> name.getValue().equals(id))
                .map(name -> "%s (node %d)".formatted(name.getKey(), number))
                .findFirst()
                .orElse("node %d".formatted(number));
    }

    /** A line for each write and each beginning and end of a condition, for whoever wonders. */
    List<String> log() {
        List<String> log = new ArrayList<>();
        Set<ConditionName> before = Set.of();
        Map<NodeId, Phase> phases = Map.of();
        for (Told each : told) {
            Set<ConditionName> last = before;
            Map<NodeId, Phase> earlier = phases;
            each.phases().forEach((node, phase) -> {
                if (earlier.get(node) != phase) {
                    log.add("%s %s is %s".formatted(Clock.of(each.at()), node, phase.label()));
                }
            });
            each.conditions().stream()
                    .filter(name -> !last.contains(name))
                    .forEach(name -> log.add("%s condition %s begins".formatted(Clock.of(each.at()), name.label())));
            last.stream()
                    .filter(name -> !each.conditions().contains(name))
                    .forEach(name -> log.add("%s condition %s ends".formatted(Clock.of(each.at()), name.label())));
            writes.stream()
                    .filter(write -> write.at().equals(each.at()))
                    .forEach(write -> log.add("%s %s".formatted(Clock.of(write.at()), write.text())));
            before = each.conditions();
            phases = each.phases();
        }
        return log.stream().map(this::readable).toList();
    }

    private String readable(String line) {
        String readable = line;
        for (NodeId id : machines.keySet()) {
            readable = readable.replace(id.value(), call(id));
        }
        return readable;
    }
}
