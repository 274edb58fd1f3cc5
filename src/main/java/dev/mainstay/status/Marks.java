package dev.mainstay.status;

import dev.mainstay.planning.Phase;
import dev.mainstay.status.PageModel.Mark;
import org.jspecify.annotations.Nullable;

/** Which colour, symbol and word stand for what. The colours are classes of the style sheet. */
final class Marks {
    private Marks() {}

    static Mark of(Headline.Level level) {
        return switch (level) {
            case FINE -> new Mark("good", "✓", "fine");
            case WAITING -> new Mark("quiet", "…", "waiting");
            case WARNING -> new Mark("warn", "▲", "warning");
            case CRITICAL -> new Mark("bad", "✕", "critical");
        };
    }

    static Mark of(Severity severity) {
        return switch (severity) {
            case NOTE -> new Mark("note", "●", "note");
            case WARNING -> new Mark("warn", "▲", "warning");
            case CRITICAL -> new Mark("bad", "✕", "critical");
        };
    }

    static Mark of(Decision.Verdict verdict) {
        return switch (verdict) {
            case DONE -> new Mark("good", "✓", "done");
            case FAILED -> new Mark("bad", "✕", "failed");
            case DROPPED -> new Mark("quiet", "–", "not sent");
            case WITHHELD -> new Mark("warn", "‖", "held back");
        };
    }

    static Mark of(Phase phase) {
        String word = phase.label().replace('-', ' ');
        return switch (phase) {
            case IN_SERVICE -> new Mark("good", "●", word);
            case COMING -> new Mark("note", "◔", word);
            case SUSPECT, AT_RISK -> new Mark("warn", "▲", word);
            case DOOMED, CONDEMNED -> new Mark("bad", "✕", word);
            case DRAINING, RESTING, QUARANTINED, KEPT_FOR_DEBUGGING -> new Mark("warn", "◐", word);
            case HELD_BY_SOMEONE -> new Mark("warn", "‖", word);
            case FOREIGN -> new Mark("quiet", "◇", word);
            case LOST -> new Mark("quiet", "○", word);
        };
    }

    static Mark ofHealth(@Nullable Boolean healthy) {
        if (healthy == null) {
            return new Mark("quiet", "–", "no word");
        }
        return healthy ? new Mark("good", "✓", "healthy") : new Mark("bad", "✕", "sick");
    }
}
