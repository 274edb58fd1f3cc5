package dev.mainstay.simulation.soak;

import dev.mainstay.planning.Pass;
import dev.mainstay.reconcile.Event;
import dev.mainstay.reconcile.PassFeed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What happened in one trial, in plain words: the event feed's lines, and the faults between them. */
final class Chronicle {
    private static final int KEPT = 50;

    private final Supplier<Instant> now;
    private final Consumer<String> lines;
    private final ArrayDeque<String> last = new ArrayDeque<>();
    private PassFeed feed = new PassFeed(this::event);

    /** @param lines hears of every line */
    Chronicle(Supplier<Instant> now, Consumer<String> lines) {
        this.now = now;
        this.lines = lines;
    }

    void pass(Pass pass) {
        feed.accept(pass);
    }

    /** The next pass is of another process, which compares with nothing. */
    void restarted() {
        feed = new PassFeed(this::event);
    }

    void tell(String what) {
        keep(now.get().truncatedTo(ChronoUnit.SECONDS) + " " + what);
    }

    /** The last lines, oldest first. */
    List<String> last() {
        return List.copyOf(last);
    }

    private void event(Event event) {
        if (event.kind() != Event.Kind.HELD) {
            keep(event.line());
        }
    }

    private void keep(String line) {
        if (last.size() == KEPT) {
            last.removeFirst();
        }
        last.addLast(line);
        lines.accept(line);
    }
}
