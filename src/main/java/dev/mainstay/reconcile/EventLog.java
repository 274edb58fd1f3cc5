package dev.mainstay.reconcile;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells events to the log: one line each, and none for a pass in which nothing happened. */
public final class EventLog implements Consumer<Event> {
    private static final Logger LOG = LoggerFactory.getLogger("mainstay");

    private final boolean virtualTime;

    /**
     * A log of events.
     *
     * @param virtualTime whether the events' time is not that of the log's own lines, and so has to be told
     */
    public EventLog(boolean virtualTime) {
        this.virtualTime = virtualTime;
    }

    @Override
    public void accept(Event event) {
        String text = virtualTime
                ? event.line()
                : "%s %s %s: %s".formatted(event.cluster(), event.kind().label(), event.subject(), event.text());
        if (event.alarming()) {
            LOG.warn(text);
        } else {
            LOG.info(text);
        }
    }
}
