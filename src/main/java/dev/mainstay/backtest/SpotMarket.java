package dev.mainstay.backtest;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.PriceHistory;
import dev.mainstay.cluster.Zone;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The spot market of one instance type over its zones, tick by tick. Zones are numbered from 0. Immutable, and safe to share
 * between threads.
 */
public interface SpotMarket {
    String name();

    InstanceType type();

    /** In order of their numbers. */
    List<Zone> zones();

    /** How many ticks of it there are. */
    int ticks();

    /** When its first tick is. */
    Instant start();

    /** How many spot nodes can run in a zone at a tick. */
    int room(int zone, int tick);

    /** The spot price in a zone at a tick, in USD per hour. */
    double price(int zone, int tick);

    /** In USD per hour. */
    double onDemandPrice();

    /** What the price of a zone changed to since the tick before; at tick 0 all that is known of the time before it. */
    List<PriceHistory.Change> changes(int zone, int tick);

    /** The same market with its histories dealt to the zones anew, so that no zone wins by its name. */
    SpotMarket shuffled(RandomGenerator random);

    /** What those without clairvoyance cannot undercut. */
    Bound bound(Frame frame);

    default int zoneCount() {
        return zones().size();
    }
}
