package dev.mainstay.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the template {@code page.mustache} reads: words and numbers that are ready to be shown, not yet escaped. */
record PageModel(
        String css,
        String title,
        Mark mark,
        String headline,
        @Nullable String banner,
        String now,
        String nowIso,
        boolean several,
        List<Cluster> clusters) {

    /** A sign that is told by its colour's class, its symbol and its word, so that none of them is needed alone. */
    record Mark(String colour, String symbol, String word) {
        /** The colour of the browser tab's icon, which no style sheet reaches: it has to do on light and dark. */
        public String icon() {
            return switch (colour) {
                case "good" -> "2f9e63";
                case "warn" -> "d18a00";
                case "bad" -> "d93b30";
                default -> "8a919b";
            };
        }
    }

    record Cluster(
            String name,
            String region,
            String mode,
            @Nullable String modeNote,
            Mark mark,
            String sentence,
            @Nullable Rail rail,
            String serving,
            String desired,
            String floor,
            String base,
            @Nullable String onDemand,
            @Nullable String cost,
            @Nullable String allOnDemand,
            @Nullable String saving,
            @Nullable String observed,
            List<Line> conditions,
            List<Line> gaps,
            List<Held> held,
            List<Node> nodes,
            List<Did> decisions) {

        public boolean hasConditions() {
            return !conditions.isEmpty();
        }

        public boolean hasGaps() {
            return !gaps.isEmpty();
        }

        public boolean hasHeld() {
            return !held.isEmpty();
        }

        public boolean hasNodes() {
            return !nodes.isEmpty();
        }

        public boolean hasDecisions() {
            return !decisions.isEmpty();
        }
    }

    /** The drawn row of slots: one for each node wanted, filled for each in service, with a line where the floor is. */
    record Rail(int width, List<Slot> slots, @Nullable Integer floorAt, String label) {}

    record Slot(int x, int width, String colour) {}

    /** A condition or a gap. */
    record Line(Mark mark, String name, String text, String since, String sinceIso, String ago) {}

    record Held(String guard, String text) {}

    record Node(
            String id,
            String type,
            String zone,
            String market,
            String role,
            Mark phase,
            Mark health,
            @Nullable Credits credits,
            @Nullable String why) {}

    /** @param width of the bar, 0 to 60; null where the ceiling is not known */
    record Credits(
            String balance,
            @Nullable Integer width,
            String colour,
            @Nullable String note) {}

    record Did(
            Mark mark,
            String time,
            String timeIso,
            String deed,
            @Nullable String made,
            String why,
            @Nullable String detail,
            @Nullable String times) {}
}
