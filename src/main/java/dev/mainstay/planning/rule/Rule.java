package dev.mainstay.planning.rule;

import dev.mainstay.planning.Draft;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;

/**
 * One policy: looks at the situation and at what earlier rules drafted, and says what it wants. Of each node that it looks
 * at and leaves, it says why. Keeps no state.
 */
public interface Rule {
    RuleName name();

    void apply(Situation situation, Draft draft);
}
