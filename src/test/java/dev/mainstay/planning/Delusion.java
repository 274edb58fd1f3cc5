package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Observation;
import dev.mainstay.planning.guard.Guards;
import dev.mainstay.planning.rule.Rule;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a planner takes for true and is not: planted, to see whether a test notices. Everyone else, the checker of plans
 * included, sees things as they are.
 */
@FunctionalInterface
public interface Delusion {
    Situation of(Situation truth);

    /** Another spec than the one that is asked for. */
    static Delusion spec(UnaryOperator<ClusterSpec> change) {
        return truth -> again(truth, change.apply(truth.spec()), truth.observation(), truth.memory());
    }

    /** Other readings than those that were made. */
    static Delusion observation(UnaryOperator<Observation> change) {
        return truth -> again(truth, truth.spec(), change.apply(truth.observation()), truth.memory());
    }

    /** Another past than the one that is remembered. */
    static Delusion memory(UnaryOperator<Memory> change) {
        return truth -> again(truth, truth.spec(), truth.observation(), change.apply(truth.memory()));
    }

    private static Situation again(Situation truth, ClusterSpec spec, Observation observation, Memory memory) {
        return Situation.of(spec, observation, memory, truth.now(), truth.catalog());
    }

    /** The rules as they are, but for this one, which alone is deluded; the guards are not. */
    default List<Rule> in(RuleName deluded, List<Rule> rules) {
        return rules.stream()
                .map(rule -> rule.name() == deluded ? deluded(rule) : rule)
                .toList();
    }

    private Rule deluded(Rule rule) {
        return new Rule() {
            @Override
            public RuleName name() {
                return rule.name();
            }

            @Override
            public void apply(Situation truth, Draft draft) {
                rule.apply(of(truth), draft);
            }
        };
    }

    /** All rules and guards are deluded: as one rule that speaks for them. */
    default List<Rule> in(List<Rule> rules, Guards guards) {
        return List.of(new Rule() {
            @Override
            public RuleName name() {
                return rules.getFirst().name();
            }

            @Override
            public void apply(Situation truth, Draft draft) {
                Situation situation = of(truth);
                Draft inner = new Draft(situation, guards);
                for (Rule rule : rules) {
                    inner.hear(rule.name());
                    rule.apply(situation, inner);
                }
                draft.condemnations().putAll(inner.condemnations());
                draft.actions().addAll(inner.actions());
                draft.withheld().addAll(inner.withheld());
                draft.findings().addAll(inner.findings());
                draft.conditions().putAll(inner.conditions());
            }
        });
    }
}
