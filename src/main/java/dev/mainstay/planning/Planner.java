package dev.mainstay.planning;

import dev.mainstay.catalog.Catalog;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Moment;
import dev.mainstay.cluster.Observation;
import dev.mainstay.planning.guard.Guards;
import dev.mainstay.planning.rule.Rule;
import dev.mainstay.planning.rule.Rules;
import java.time.Instant;
import java.util.List;

/**
 * Decides. The same input gives the same plan: it holds tables and lists, and no client, clock or random source.
 * Thread-safe.
 */
public final class Planner {
    private final Catalog catalog;
    private final List<Rule> rules;
    private final Guards guards;

    public Planner(Catalog catalog) {
        this(catalog, Rules.ALL, new Guards());
    }

    /** A planner of other rules and guards, such as one that lacks a safeguard, to see who misses it. */
    public Planner(Catalog catalog, List<Rule> rules, Guards guards) {
        this.catalog = catalog;
        this.rules = List.copyOf(rules);
        this.guards = guards;
    }

    /**
     * The plan of one pass.
     *
     * @param memory what is remembered after this observation
     */
    public Plan plan(ClusterSpec spec, Observation observation, Memory memory, Moment moment) {
        Instant now = moment.wall();
        Situation situation = Situation.of(spec, observation, memory, now, catalog);
        Draft draft = new Draft(situation, guards);
        for (Rule rule : rules) {
            draft.hear(rule.name());
            rule.apply(situation, draft);
        }
        List<Standing> nodes = situation.nodes().stream()
                .map(node -> {
                    Reason back = draft.putBack().get(node.id());
                    if (back != null) {
                        return node.as(Phase.COMING, true, back);
                    }
                    Reason reason = draft.condemnations().get(node.id());
                    return reason == null ? node : node.as(Phase.CONDEMNED, false, reason);
                })
                .toList();
        List<Condition> conditions = draft.conditions().entrySet().stream()
                .map(entry -> new Condition(
                        entry.getKey(), memory.conditions().getOrDefault(entry.getKey(), now), entry.getValue()))
                .toList();
        return new Plan(
                spec.name(),
                now,
                nodes,
                draft.condemnations(),
                draft.actions(),
                draft.withheld(),
                draft.findings(),
                conditions,
                draft.bill().now());
    }
}
