package dev.mainstay.simulation.demo;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.VirtualTime;
import dev.mainstay.simulation.World;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** What is scripted in the demo beside its histories: a serving node hangs, at fixed times of every day. */
final class DemoScript {
    private static final List<Duration> HANGS =
            List.of(Duration.ofMinutes(25), Duration.ofHours(9).plusMinutes(40), Duration.ofHours(20));

    private final World world;
    private final VirtualTime time;
    private final SplittableRandom random;

    DemoScript(World world, VirtualTime time, long seed) {
        this.world = world;
        this.time = time;
        this.random = new SplittableRandom(seed);
    }

    /** One line on what is scripted. */
    static String description() {
        String times = HANGS.stream()
                .map(hang -> LocalTime.MIDNIGHT.plus(hang).toString())
                .collect(Collectors.joining(", "));
        return "scripted: a serving node hangs every day at " + times;
    }

    void begin() {
        HANGS.forEach(this::everyDayAt);
    }

    private void everyDayAt(Duration sinceStart) {
        time.at(sinceStart, () -> {
            hangOne();
            everyDayAt(sinceStart.plusDays(1));
        });
    }

    private void hangOne() {
        world.advance();
        List<NodeId> serving = world.targetGroups().rotation().stream()
                .map(machine -> machine.id())
                .sorted()
                .toList();
        if (!serving.isEmpty()) {
            world.inject(new Fault.Hang(serving.get(random.nextInt(serving.size()))));
        }
    }
}
