package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.Market;
import dev.mainstay.credits.CreditAccount;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Standing;
import dev.mainstay.simulation.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is not yet as it was asked for once everything has healed, and how long that may take. */
final class Order {
    /** Of launches, after five failures. */
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(20);
    /** The longest window of a budget, and the longest time in which credits are earned back. */
    private static final Duration DAY = Duration.ofHours(24);
    /** The longest dwell after switches to spot that were lost again. */
    private static final Duration LONGEST_DWELL = Duration.ofHours(8);

    private final Scene scene;
    private final ClusterSpec spec;
    private final ClusterSpec.Capacity capacity;

    Order(Scene scene) {
        this.scene = scene;
        this.spec = scene.spec();
        this.capacity = spec.capacity();
    }

    /** L1a: what is missing to the capacity that was asked for: all of it in service, the base on-demand. */
    List<String> missing(Pass pass) {
        return missing(room(pass));
    }

    private List<String> missing(boolean base) {
        List<String> found = new ArrayList<>();
        List<Machine> serving = scene.ours().stream()
                .filter(machine -> machine.answers() && scene.inService().contains(machine.id()))
                .toList();
        if (serving.size() < capacity.desired()) {
            found.add("%d of %d serve".formatted(serving.size(), capacity.desired()));
        }
        long onDemand = onDemand(serving);
        if (base && onDemand < capacity.onDemandBase()) {
            found.add("%d on-demand serve, under the base of %d".formatted(onDemand, capacity.onDemandBase()));
        }
        return found;
    }

    /** L1b: what is there and should not be: nodes beyond {@code desired}, stand-ins, and what is not at rest. */
    List<String> misshapen(Pass pass) {
        List<String> found = missing(roomForBase(pass));
        for (Standing node : pass.plan().nodes()) {
            if (node.exists() && !atRest(node, pass)) {
                found.add("%s is %s".formatted(node.id(), node.phase().label()));
            }
        }
        List<Machine> alive = scene.ours();
        long kept = kept(pass);
        if (alive.size() - kept > capacity.desired()) {
            found.add("%d exist, and %d are desired".formatted(alive.size(), capacity.desired()));
        }
        long standIns = onDemand(alive) - kept - capacity.onDemandBase();
        if (spec.spot().isPresent() && room(pass) && standIns > 0) {
            found.add("%d on-demand still stand in".formatted(standIns));
        }
        alive.stream()
                .filter(machine -> machine.type().family().equals("t2") && unlimited(machine))
                .forEach(machine -> found.add(machine.id() + " is still unlimited"));
        return found;
    }

    /**
     * The time for L1a: the longest of the timers that may run, an hour for each turn of the heal budget that the sick need,
     * one for the budget that may be used up and one for a canary, the hour for which a node is left to whoever took it out,
     * a swap for each node of the base, and a boot and three passes.
     */
    Duration healing(boolean takenOut) {
        long sick = scene.ours().stream().filter(machine -> !machine.answers()).count();
        Duration timers = Stream.of(
                        LONGEST_BACK_OFF,
                        spec.health().registrationDeadline(),
                        spec.health()
                                .startupGrace()
                                .plus(spec.health().unhealthyAfter().multipliedBy(2)))
                .max(Duration::compareTo)
                .orElseThrow();
        return timers.plus(Duration.ofHours(Math.ceilDiv(sick, spec.guards().healsPerHour()) + 2 + (takenOut ? 1 : 0)))
                .plus(swap().multipliedBy(capacity.onDemandBase()))
                .plus(scene.world().spec().boot().answersTo())
                .plus(spec.interval().multipliedBy(3));
    }

    /**
     * The time for L1b after that: a day in which every budget is free again, credits are earned and what was borrowed is
     * paid back; another for a node that is kept for someone to look at; the longest dwell; and a swap for each node.
     */
    Duration shaping() {
        return DAY.multipliedBy(2)
                .plus(LONGEST_DWELL)
                .plus(swap().multipliedBy(2L * scene.ours().size()));
    }

    /** How many exist beyond what was asked for, and are not kept for someone to look at. */
    long duplicates(Pass pass) {
        return Math.max(0, scene.ours().size() - kept(pass) - capacity.desired());
    }

    /** One node comes, another is drained and goes. */
    private Duration swap() {
        return scene.world()
                .spec()
                .boot()
                .answersTo()
                .plus(scene.world().spec().healthChecks().deregistrationDelay())
                .plus(spec.interval().multipliedBy(5));
    }

    private static long onDemand(List<Machine> machines) {
        return machines.stream()
                .filter(machine -> machine.market() == Market.ON_DEMAND)
                .count();
    }

    /** Whether one may come before another goes. Without, a stand-in that serves stays. */
    private boolean room(Pass pass) {
        return capacity.max() > capacity.desired() + kept(pass);
    }

    /** Whether one may at least go before another comes: for the base that is done. */
    private boolean roomForBase(Pass pass) {
        return room(pass) || capacity.min() < capacity.desired();
    }

    /** Nodes that are kept for debugging exist, and take room. */
    private static long kept(Pass pass) {
        return pass.plan().nodes().stream()
                .filter(node -> node.phase() == Phase.KEPT_FOR_DEBUGGING)
                .count();
    }

    private boolean atRest(Standing node, Pass pass) {
        return switch (node.phase()) {
            case IN_SERVICE, KEPT_FOR_DEBUGGING -> true;
            case CONDEMNED -> !roomForBase(pass) && node.inService();
            default -> false;
        };
    }

    private static boolean unlimited(Machine machine) {
        CreditAccount credits = machine.credits();
        return credits != null && credits.mode() == CreditMode.UNLIMITED;
    }
}
