package dev.mainstay.backtest;

/** Decides what to launch and what to end. It keeps its own memory of one run; not thread-safe. */
public interface Policy {
    /** Called at each tick, after the market took what it takes; what it does takes effect at once. */
    void decide(Turn turn);
}
