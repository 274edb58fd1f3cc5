package dev.mainstay.planning;

import java.util.ArrayList;
import java.util.List;

/** An explanation in sentences. */
public final class ExplanationText {
    private ExplanationText() {}

    /** What a rule found, and when it would find otherwise. */
    private static String of(Finding finding) {
        return "%s %s%s: %s"
                .formatted(
                        finding.rule().label(),
                        finding.verdict().label(),
                        finding.eligibleAt() == null ? "" : " until " + Wording.clock(finding.eligibleAt()),
                        withWayOut(finding.reason()));
    }

    /** All that there is to say of one node, line by line. */
    public static List<String> lines(Explanation explanation) {
        List<String> lines = new ArrayList<>();
        Standing node = explanation.node();
        lines.add(
                node.reason() == null
                        ? "%s is %s".formatted(node.id(), node.phase().label())
                        : "%s is %s: %s".formatted(node.id(), node.phase().label(), Wording.of(node.reason())));
        explanation.findings().forEach(finding -> lines.add(of(finding)));
        explanation.actions().forEach(action -> lines.add("now: " + Wording.deed(action)));
        explanation
                .withheld()
                .forEach(held -> lines.add(Wording.deed(held.action()) + ", held by "
                        + held.guard().label()
                        + (held.until() == null ? "" : " until " + Wording.clock(held.until()))
                        + ": "
                        + withWayOut(held.reason())));
        return List.copyOf(lines);
    }

    private static String withWayOut(Reason reason) {
        return Wording.of(reason)
                + WayOut.of(reason).map(words -> "; otherwise if " + words).orElse("");
    }
}
