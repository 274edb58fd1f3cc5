package dev.mainstay.simulation;

import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.trace.CapacityTrace;
import dev.mainstay.simulation.trace.PriceTrace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The spot market: prices and room by the traces, and the machines that it takes back. A trace that falls is the notice;
 * the machine ends {@code noticeLead} later, and from the notice on nobody gets in.
 */
public final class SpotPools {
    /** What a pool costs that has no trace, as a share of on-demand. */
    private static final double FLAT_SHARE = 0.3;

    private static final Duration FLAT_SINCE = Duration.ofDays(-45);

    private static final String NO_CAPACITY = "instance-terminated-no-capacity";
    private static final String BY_PRICE = "instance-terminated-by-price";

    private final WorldSpec spec;
    private final Agenda agenda;
    private final Chance chance;
    private final Compute compute;

    SpotPools(WorldSpec spec, Agenda agenda, Chance chance, Compute compute) {
        this.spec = spec;
        this.agenda = agenda;
        this.chance = chance;
        this.compute = compute;
        spec.spot().capacities().values().forEach(this::follow);
        spec.spot().prices().values().forEach(this::follow);
    }

    /** The price now, in USD per hour. */
    public double price(Pool pool) {
        PriceTrace trace = spec.spot().prices().get(pool);
        return trace == null ? onDemandPrice(pool) * FLAT_SHARE : trace.at(agenda.now());
    }

    /**
     * The changes of a pool's price from {@code from} to {@code to}, and the last before, oldest first; times are since
     * the start of the world, negative ones before it.
     */
    public SortedMap<Duration, Double> changes(Pool pool, Duration from, Duration to) {
        PriceTrace trace = spec.spot().prices().get(pool);
        SortedMap<Duration, Double> changes = new TreeMap<>();
        if (trace == null) {
            // One change, long ago: EC2 tells of the last one, however old.
            changes.put(FLAT_SINCE, onDemandPrice(pool) * FLAT_SHARE);
            return changes;
        }
        Duration at = trace.lastChange(from);
        while (at.compareTo(to) <= 0) {
            changes.put(at, trace.at(at));
            at = trace.nextChange(at);
        }
        return changes;
    }

    public double onDemandPrice(Pool pool) {
        Double price = spec.place().onDemandUsdPerHour().get(pool.type());
        if (price == null) {
            throw new IllegalArgumentException(pool.type() + " is not on offer in this world");
        }
        return price;
    }

    /** How many more spot machines a zone has room for. */
    public int room(Zone zone) {
        CapacityTrace trace = spec.spot().capacities().get(zone);
        return trace == null
                ? Integer.MAX_VALUE
                : Math.max(0, trace.at(agenda.now()) - inside(zone).size());
    }

    private void follow(CapacityTrace trace) {
        Duration now = agenda.now();
        List<Machine> inside = inside(trace.zone());
        SplittableRandom lots = chance.of("victim " + trace.zone(), now.toMillis());
        for (int excess = inside.size() - trace.at(now); excess > 0; excess--) {
            doom(inside.remove(lots.nextInt(inside.size())), NO_CAPACITY);
        }
        agenda.at(trace.nextChange(now), () -> follow(trace));
    }

    private void follow(PriceTrace trace) {
        Duration now = agenda.now();
        double price = trace.at(now);
        for (Machine machine : inside(trace.zone())) {
            SpotRequest request = machine.request;
            if (machine.pool().equals(trace.pool()) && request != null && price > request.maxPrice()) {
                doom(machine, BY_PRICE);
            }
        }
        agenda.at(trace.nextChange(now), () -> follow(trace));
    }

    /** Takes one machine back that the traces would leave alone. */
    void interrupt(Machine machine, boolean noticed) {
        if (machine.market() != Market.SPOT) {
            throw new IllegalArgumentException("only spot machines are interrupted, and %s is not".formatted(machine));
        }
        doom(machine, NO_CAPACITY, noticed);
    }

    /** As {@link #interrupt}, with a notice that comes only so long before the end. */
    void interruptLate(Machine machine, Duration warning) {
        interrupt(machine, false);
        agenda.after(spec.spot().noticeLead().minus(warning), () -> compute.announce(machine, NO_CAPACITY));
    }

    /** Says that it takes a machine back, and leaves it at that. */
    void noticeFalsely(Machine machine) {
        compute.announce(machine, "marked-for-termination");
    }

    private void doom(Machine machine, String status) {
        boolean noticed = chance.of("notice", machine.number()).nextDouble()
                >= spec.spot().missingNotices();
        doom(machine, status, noticed);
    }

    private void doom(Machine machine, String status, boolean noticed) {
        machine.doomed = true;
        if (noticed) {
            compute.announce(machine, status);
        }
        agenda.after(spec.spot().noticeLead(), () -> compute.reclaim(machine, status));
    }

    /** Our spot machines in a zone that it has not decided to take back. */
    private List<Machine> inside(Zone zone) {
        List<Machine> inside = new ArrayList<>();
        for (Machine machine : compute.all()) {
            if (machine.market() == Market.SPOT
                    && machine.alive()
                    && !machine.doomed
                    && machine.zone().equals(zone)) {
                inside.add(machine);
            }
        }
        return inside;
    }
}
