package dev.mainstay.simulation.demo;

import dev.mainstay.journal.sqlite.SqliteJournal;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Plan;
import dev.mainstay.reconcile.Event;
import dev.mainstay.reconcile.PassFeed;
import dev.mainstay.reconcile.PassPublisher;
import dev.mainstay.simulation.Pace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A demo that was run: its event log and its last plan. */
record Shown(List<Event> events, Plan last) {

    static final Demo.Options GENERATED = replaying(List.of(), List.of(), List.of());

    static Demo.Options replaying(List<Path> cpu, List<Path> prices, List<Path> availability) {
        return new Demo.Options(7, Pace.MAX, cpu, prices, availability);
    }

    static Shown of(Demo.Options options, Duration length) {
        List<Event> events = new ArrayList<>();
        AtomicReference<Pass> last = new AtomicReference<>();
        PassPublisher publisher = new PassPublisher().subscribe(last::set).subscribe(new PassFeed(event -> {
            if (event.kind() != Event.Kind.HELD) {
                events.add(event);
            }
        }));
        try (Demo demo = new Demo(options, SqliteJournal.inMemory(), publisher)) {
            demo.run(length);
        }
        return new Shown(List.copyOf(events), Objects.requireNonNull(last.get()).plan());
    }

    /** The log as it is written to a file. */
    List<String> lines() {
        return events.stream().map(Event::line).toList();
    }

    /** The times, in hours since the start, of the events of a kind whose subject or text has this in it. */
    List<Double> hours(Event.Kind kind, String part) {
        return events.stream()
                .filter(event -> event.kind() == kind)
                .filter(event -> (event.subject() + ": " + event.text()).contains(part))
                .map(event -> Duration.between(Demo.START, event.at()).toSeconds() / 3600.0)
                .toList();
    }

    boolean has(Event.Kind kind, String part) {
        return !hours(kind, part).isEmpty();
    }
}
