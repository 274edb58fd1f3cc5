package dev.mainstay.reconcile;

import dev.mainstay.planning.Pass;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Gives each finished pass to everyone who wants it, in the order in which they asked. Thread-safe. */
public final class PassPublisher implements Consumer<Pass> {
    private final List<Consumer<Pass>> subscribers = new CopyOnWriteArrayList<>();

    public PassPublisher subscribe(Consumer<Pass> subscriber) {
        subscribers.add(subscriber);
        return this;
    }

    @Override
    public void accept(Pass pass) {
        subscribers.forEach(subscriber -> subscriber.accept(pass));
    }
}
