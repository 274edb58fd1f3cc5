package dev.mainstay.planning.rule;

import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Situation;

/** One policy: looks at the situation and at what earlier rules drafted, and says what it wants. Keeps no state. */
@FunctionalInterface
public interface Rule {
    void apply(Situation situation, Draft draft);
}
