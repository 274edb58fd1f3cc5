package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.testing.FaultPoints;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A config is changed from any of fourteen to any other, on a calm cluster and in the middle of a heal: the cluster becomes
 * what it would have become from nothing, and then nothing is written.
 *
 * <p>In the suite a share of the changes; {@code -Dmainstay.transitions=all}: all of them, or with a text all whose name has
 * it.
 */
class TransitionsTest {
    private static final String WHICH = System.getProperty("mainstay.transitions", "");
    private static final int SHARE = 17;
    private static final long SEED = 5;
    private static final Duration BUILT = Duration.ofMinutes(15);
    /** A node hangs so long before the change: its replacement has just been asked for. */
    private static final Duration SICK = Duration.ofMinutes(6);

    private static final Duration PATIENCE = Duration.ofHours(5);
    private static final int QUIET_PASSES = 100;

    private record State(String name, Supplier<SpecDraft> draft) {}

    private static final List<State> STATES = List.of(
            new State("four", SpecDraft::micro),
            new State("none", () -> SpecDraft.micro().desired(0)),
            new State("one", () -> SpecDraft.micro().desired(1)),
            new State("two without a base", () -> SpecDraft.micro().desired(2).base(0)),
            new State("three of the base", () -> SpecDraft.micro().desired(3).base(3)),
            new State("five", () -> SpecDraft.micro().desired(5)),
            new State("six, two of the base", () -> SpecDraft.micro().desired(6).base(2)),
            new State("four on-demand", () -> SpecDraft.micro().onDemandOnly()),
            new State("two on-demand", () -> SpecDraft.micro().desired(2).onDemandOnly()),
            new State("all at the floor", () -> SpecDraft.micro().min(4)),
            new State("room for one", () -> SpecDraft.micro().max(5)),
            new State("eight", () -> SpecDraft.micro().desired(8)),
            new State("two of the base", () -> SpecDraft.micro().desired(2).base(2)),
            new State(
                    "impatient",
                    () -> SpecDraft.micro()
                            .unhealthyAfter(Duration.ofMinutes(2))
                            .desired(3)));

    private record Change(State from, State to, boolean healing) {
        @Override
        public String toString() {
            return "%s -> %s%s".formatted(from.name(), to.name(), healing ? ", in a heal" : "");
        }
    }

    @Test
    void becomesWhatItWouldHaveBecomeFromNothing() {
        List<Change> all = STATES.stream()
                .flatMap(from -> STATES.stream()
                        .filter(to -> !to.equals(from))
                        .flatMap(to -> Stream.of(false, true).map(healing -> new Change(from, to, healing))))
                .toList();
        List<Change> tried = IntStream.range(0, all.size())
                .filter(i -> WHICH.isEmpty()
                        ? i % SHARE == 0
                        : WHICH.equals("all") || all.get(i).toString().contains(WHICH))
                .mapToObj(all::get)
                .toList();
        new FaultPoints(tried.size(), all.size(), "changes of the config").print();

        List<String> wrong =
                tried.parallelStream().flatMap(change -> wrong(change).stream()).toList();

        assertThat(wrong).isEmpty();
    }

    private static List<String> wrong(Change change) {
        try (Rehearsal changed = cluster(change.from());
                Rehearsal anew = cluster(change.to())) {
            List<String> wanted = shape(anew.run(BUILT));
            changed.run(BUILT);
            if (change.healing() && !changed.serving().isEmpty()) {
                changed.inject(new Fault.Hang(changed.serving().getLast())).run(SICK);
            }
            changed.reload(change.to().draft().get());
            Duration end = changed.time().elapsed().plus(PATIENCE);
            do {
                changed.run(changed.interval());
            } while (!shape(changed).equals(wanted) && changed.time().elapsed().compareTo(end) < 0);
            List<String> wrong = new ArrayList<>();
            if (!shape(changed).equals(wanted)) {
                wrong.add("%s: %s, and from nothing %s%n%s"
                        .formatted(change, shape(changed), wanted, String.join("\n", changed.log())));
            }
            changed.run(Duration.ofMinutes(10));
            int writes = changed.writes().size();
            changed.run(changed.interval().multipliedBy(QUIET_PASSES));
            if (changed.writes().size() > writes) {
                wrong.add("%s: writes on: %s"
                        .formatted(
                                change,
                                changed.writes()
                                        .subList(writes, changed.writes().size())));
            }
            return wrong;
        }
    }

    /**
     * The market of each node, and whether it serves. A changed config rotates nothing: zones may be other ones, and where no
     * more spot is asked for, the spot nodes that are there stay.
     */
    private static List<String> shape(Rehearsal cluster) {
        boolean bothMarkets = cluster.spec().spot().isPresent();
        return cluster.alive().stream()
                .map(machine -> (bothMarkets ? machine.market().label() : "a node") + serves(cluster, machine))
                .sorted()
                .toList();
    }

    private static String serves(Rehearsal cluster, Machine machine) {
        return cluster.serving().contains(machine.id()) && machine.answers() ? "" : ", not serving";
    }

    private static Rehearsal cluster(State state) {
        WorldSpec calm = WorldSpec.calm(SEED);
        WorldSpec world = calm.withHealthChecks(calm.healthChecks().withDeregistrationDelay(Duration.ofMinutes(1)));
        return new Rehearsal(state.draft().get().in(world.place()), world);
    }
}
