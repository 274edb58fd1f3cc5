package dev.mainstay.simulation.trace;

import dev.mainstay.cluster.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Makes the number of spot instances that each zone has room for. The figures are those of spothedge-ae AWS1 (2023) and
 * of the one-GPU v100 traces of ucb-spot-traces (2022): a zone is up three quarters of the time, its ups and downs are
 * mostly of minutes and sometimes of half a day, and zones are down together more often than chance would have it.
 *
 * <p>Three things make a zone go down: losses of its own; ebbs, which reach some of the zones at nearly the same time;
 * and one squeeze a day, which reaches all of them. An hour before a squeeze and two after it are calm by design, so
 * that the fall and the return can be seen for what they are.
 */
final class GeneratedCapacity {
    /** The tick of the recorded traces of 2023. */
    private static final Duration TICK = Duration.ofMinutes(5);

    private static final int HOUR = 12;
    private static final int DAY = 24 * HOUR;

    /** AWS1 was recorded with four instances to a zone. */
    private static final int FULL = 4;

    /**
     * How long a zone is down, in hours: recorded medians are .3 to .6, upper quarters 1, 90th percentiles 1.8 to 4.
     */
    private static final Quantiles DOWN =
            Quantiles.of(0, 0.09, 0.1, 0.16, 0.25, 0.25, 0.5, 0.4, 0.75, 1.3, 0.9, 4, 1, 9);

    private static final double LOSSES_A_DAY = 1.8;
    private static final double EBBS_A_DAY = 2.2;

    /** The chance that a zone that has come back goes down again within the hour; ups, too, are mostly of minutes. */
    private static final double RELAPSE = 0.4;

    /** The chance that an ebb reaches a zone. */
    private static final double REACH = 0.65;

    /** Fewer losses than this in single zones and the day is given more. */
    private static final int LEAST_LOSSES = 3;

    private static final int SQUEEZE_FROM_HOUR = 3;
    private static final int SQUEEZE_HOURS = 3;
    private static final int SQUEEZE_SHORTEST = HOUR / 2;
    private static final int SQUEEZE_LONGEST = 3 * HOUR / 2;

    /** The chance that a zone's fall, or its return, passes through one or two ticks with room for one to three. */
    private static final double GRADUAL = 0.7;

    private final List<Zone> zones;
    private final boolean[][] down;
    private final boolean[] calm;
    private final RandomGenerator random;

    GeneratedCapacity(SplittableRandom random, List<Zone> zones, int days) {
        this.random = random;
        this.zones = zones;
        this.down = new boolean[zones.size()][days * DAY];
        this.calm = new boolean[days * DAY];
        // The first hour is calm, so that a cluster can begin.
        mark(calm, 0, HOUR);
        for (int day = 0; day < days; day++) {
            squeeze(day * DAY);
        }
        for (int day = 0; day < days; day++) {
            ebbs(day * DAY);
            losses(day * DAY);
        }
    }

    List<CapacityTrace> traces() {
        List<CapacityTrace> traces = new ArrayList<>();
        for (int zone = 0; zone < zones.size(); zone++) {
            traces.add(CapacityTrace.of(zones.get(zone), TICK, room(down[zone])));
        }
        return traces;
    }

    /**
     * All zones go down within ten minutes and come back within fifteen; between, nothing is up for 30 to 90 minutes.
     */
    private void squeeze(int midnight) {
        int from = midnight + SQUEEZE_FROM_HOUR * HOUR + random.nextInt(SQUEEZE_HOURS * HOUR);
        int until = from + random.nextInt(SQUEEZE_SHORTEST, SQUEEZE_LONGEST + 1);
        int lastDown = random.nextInt(zones.size());
        int firstUp = random.nextInt(zones.size());
        for (int zone = 0; zone < zones.size(); zone++) {
            int earlier = random.nextInt(3);
            int later = random.nextInt(4);
            mark(down[zone], zone == lastDown ? from : from - earlier, zone == firstUp ? until : until + later);
        }
        mark(calm, from - HOUR, until + 2 * HOUR);
    }

    private void ebbs(int midnight) {
        for (double at = gap(); at < 1; at += gap()) {
            int from = midnight + (int) (at * DAY);
            int ticks = duration();
            for (int zone = 0; zone < zones.size(); zone++) {
                if (random.nextDouble() < REACH) {
                    takeDown(zone, from + random.nextInt(3), ticks + random.nextInt(3));
                }
            }
        }
    }

    private void losses(int midnight) {
        for (int zone = 0; zone < zones.size(); zone++) {
            int losses = (int) LOSSES_A_DAY + (random.nextDouble() < LOSSES_A_DAY % 1 ? 1 : 0);
            for (int i = 0; i < losses; i++) {
                takeDown(zone, midnight + random.nextInt(DAY), duration());
            }
        }
        while (zones.size() > 1 && lossesInSingleZones(midnight) < LEAST_LOSSES) {
            takeDown(random.nextInt(zones.size()), midnight + random.nextInt(DAY), duration());
        }
    }

    /**
     * Takes a zone down until its time is over or a calm begins, not at all within a calm; and perhaps again soon
     * after.
     */
    private void takeDown(int zone, int from, int ticks) {
        int tick = from;
        while (tick < Math.min(calm.length, from + ticks) && !calm[tick]) {
            down[zone][tick++] = true;
        }
        if (random.nextDouble() < RELAPSE) {
            takeDown(zone, tick + random.nextInt(1, HOUR + 1), duration());
        }
    }

    private int lossesInSingleZones(int midnight) {
        int losses = 0;
        for (int tick = midnight + 1; tick < midnight + DAY; tick++) {
            int fallen = 0;
            int up = 0;
            for (boolean[] zone : down) {
                fallen += zone[tick] && !zone[tick - 1] ? 1 : 0;
                up += zone[tick] ? 0 : 1;
            }
            losses += fallen == 1 && up > 0 && !calm[tick] ? 1 : 0;
        }
        return losses;
    }

    private int[] room(boolean[] without) {
        int[] room = new int[without.length];
        for (int tick = 0; tick < room.length; tick++) {
            room[tick] = without[tick] ? 0 : FULL;
        }
        for (int tick = 1; tick < room.length; tick++) {
            if (without[tick] != without[tick - 1] && random.nextDouble() < GRADUAL) {
                int direction = without[tick] ? -1 : 1;
                int edge = without[tick] ? tick - 1 : tick;
                int ticks = random.nextInt(1, 3);
                for (int i = edge;
                        i >= 0 && i < room.length && !without[i] && Math.abs(i - edge) < ticks;
                        i += direction) {
                    room[i] = random.nextInt(1, FULL);
                }
            }
        }
        return room;
    }

    private int duration() {
        return (int) Math.max(1, Math.round(DOWN.draw(random) * HOUR));
    }

    /** Days until the next ebb. */
    private double gap() {
        return -StrictMath.log(1 - random.nextDouble()) / EBBS_A_DAY;
    }

    private static void mark(boolean[] ticks, int from, int until) {
        for (int tick = Math.max(0, from); tick < Math.min(ticks.length, until); tick++) {
            ticks[tick] = true;
        }
    }
}
