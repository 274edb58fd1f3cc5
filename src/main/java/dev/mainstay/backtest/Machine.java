package dev.mainstay.backtest;

import dev.mainstay.cluster.Market;

/** A node of a backtest. Changed by its {@link Replay} and by nobody else; not thread-safe. */
public final class Machine {
    private static final int NEVER = Integer.MAX_VALUE;

    private final int id;
    private final Market market;
    private final int zone;
    private final int launchedAt;
    private boolean inRotation = true;
    private int takenAt = NEVER;
    private int noticedAt = NEVER;
    private int endedAt = NEVER;
    private boolean taken;

    Machine(int id, Market market, int zone, int launchedAt) {
        this.id = id;
        this.market = market;
        this.zone = zone;
        this.launchedAt = launchedAt;
    }

    /** In the order of the launches. */
    public int id() {
        return id;
    }

    public boolean spot() {
        return market == Market.SPOT;
    }

    public Market market() {
        return market;
    }

    public int zone() {
        return zone;
    }

    /** The tick of its launch. */
    public int launchedAt() {
        return launchedAt;
    }

    public boolean alive() {
        return endedAt == NEVER;
    }

    /** The tick at which it ended; later than any while it is alive. */
    public int endedAt() {
        return endedAt;
    }

    /** Whether the market took it, and not its policy. */
    public boolean taken() {
        return taken;
    }

    /** Whether AWS has said by this tick that it will take it. */
    public boolean noticed(int tick) {
        return noticedAt <= tick;
    }

    /** The tick at which AWS said so. */
    public int noticedAt() {
        return noticedAt;
    }

    /** Whether it is at the load balancer; a baseline's nodes always are. */
    public boolean inRotation() {
        return inRotation;
    }

    public void setInRotation(boolean in) {
        inRotation = in;
    }

    boolean chosen() {
        return takenAt != NEVER;
    }

    boolean dueAt(int tick) {
        return takenAt <= tick;
    }

    void choose(int tick) {
        takenAt = tick;
    }

    void notice(int tick) {
        noticedAt = tick;
    }

    void take(int tick) {
        taken = true;
        endedAt = tick;
    }

    void end(int tick) {
        endedAt = tick;
    }
}
