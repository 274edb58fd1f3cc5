package dev.mainstay.backtest;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a policy sees at one tick, and what it can do. Good for that tick only. */
public interface Turn {
    Frame frame();

    SpotMarket market();

    /** The tick's number, from 0. */
    int tick();

    /** Those alive, in the order of their launches. A copy: it does not change with what is done. */
    List<Machine> nodes();

    /** Whether a node gets traffic. */
    boolean serves(Machine node);

    /** Launches a spot node; empty: refused. */
    Optional<Machine> launchSpot(int zone);

    /** Launches up to so many spot nodes by one call: as many as there is room for. */
    List<Machine> launchSpot(int zone, int count);

    /** Launches an on-demand node, which always works. */
    Machine launchOnDemand(int zone);

    void terminate(Machine node);

    /** Tells that a launch was voluntary: a return from on-demand to spot, or a move between zones. */
    void switched();

    /** The policy's own lots, the same in each run of a seed. */
    RandomGenerator random();
}
