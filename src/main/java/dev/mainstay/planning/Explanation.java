package dev.mainstay.planning;

import java.util.List;

/**
 * Everything that a plan has to say about one node: where it stands and why, what each rule that looked at it found, what is
 * done to it, and which guard holds back what.
 *
 * @param findings in the order in which the rules spoke
 */
public record Explanation(Standing node, List<Finding> findings, List<Action> actions, List<Withheld> withheld) {
    public Explanation {
        findings = List.copyOf(findings);
        actions = List.copyOf(actions);
        withheld = List.copyOf(withheld);
    }
}
