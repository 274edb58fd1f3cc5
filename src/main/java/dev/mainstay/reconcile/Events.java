package dev.mainstay.reconcile;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Condition;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Standing;
import dev.mainstay.planning.Withheld;
import dev.mainstay.planning.Wording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is new in a pass, compared with the one before. */
public final class Events {
    private final Pass pass;
    private final Instant at;
    private final List<Event> events = new ArrayList<>();

    private Events(Pass pass) {
        this.pass = pass;
        this.at = pass.plan().at();
    }

    /** The events of a pass, in the order in which they came about; empty for a pass like the last. */
    public static List<Event> of(@Nullable Pass before, Pass pass) {
        Events events = new Events(pass);
        events.phases(before);
        events.conditions(before);
        events.held(before);
        events.writes();
        return events.events;
    }

    private void phases(@Nullable Pass before) {
        Map<NodeId, Standing> earlier = new HashMap<>();
        if (before != null) {
            before.plan().nodes().forEach(node -> earlier.put(node.id(), node));
        }
        for (Standing node : pass.plan().nodes()) {
            Standing was = earlier.get(node.id());
            if (was != null && was.phase() == node.phase()) {
                continue;
            }
            String change = was == null
                    ? node.phase().label()
                    : "%s -> %s".formatted(was.phase().label(), node.phase().label());
            Reason reason = node.reason();
            add(Event.Kind.PHASE, node.id().value(), reason == null ? change : change + ": " + Wording.of(reason));
        }
    }

    private void conditions(@Nullable Pass before) {
        Map<ConditionName, Condition> earlier = new EnumMap<>(ConditionName.class);
        if (before != null) {
            before.plan().conditions().forEach(condition -> earlier.put(condition.name(), condition));
        }
        for (Condition condition : pass.plan().conditions()) {
            if (earlier.remove(condition.name()) == null) {
                String text = "begins: " + Wording.of(condition);
                events.add(new Event(
                        at,
                        pass.spec().name(),
                        Event.Kind.CONDITION,
                        condition.name().label(),
                        text,
                        true));
            }
        }
        earlier.keySet().forEach(name -> add(Event.Kind.CONDITION, name.label(), "ends"));
    }

    private void held(@Nullable Pass before) {
        Set<Held> earlier = new HashSet<>();
        if (before != null) {
            before.plan().withheld().forEach(withheld -> earlier.add(Held.of(withheld)));
        }
        for (Withheld withheld : pass.plan().withheld()) {
            if (earlier.add(Held.of(withheld))) {
                add(Event.Kind.HELD, withheld.guard().label(), Wording.of(withheld));
            }
        }
    }

    private void writes() {
        for (Outcome outcome : pass.outcomes()) {
            Action action = outcome.action();
            events.add(new Event(
                    outcome.at(),
                    pass.spec().name(),
                    Event.Kind.WRITE,
                    Wording.deed(action),
                    "%s (%s)".formatted(Wording.of(outcome.result()), Wording.of(action.reason())),
                    false));
        }
    }

    private void add(Event.Kind kind, String subject, String text) {
        events.add(new Event(at, pass.spec().name(), kind, subject, text, false));
    }

    /** What makes two withheld wishes the same one, told once. */
    private record Held(GuardName guard, String deed) {
        static Held of(Withheld withheld) {
            return new Held(withheld.guard(), Wording.deed(withheld.action()));
        }
    }
}
