package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.simulation.CallFailure;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.VirtualTime;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.simulation.sdk.CallBoundary;
import dev.mainstay.simulation.sdk.SimulatedCrash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * When which fault strikes, by the seed: at any time, and right at the edges of calls that write. Of the faults that could
 * strike at a write, one is taken that has struck least at this kind of write so far, so that rare pairs come about too.
 */
final class Strikes implements CallBoundary {
    /** Of so many calls that write, a fault strikes at one; the rare kinds are made more of. */
    private static final int COMMON = 8;

    private static final int RARE = 2;
    /** A fault that strikes once may need company: of so many strikes, one is a crash soon after. */
    private static final int FOLLOWED = 6;

    private final Scene scene;
    private final VirtualTime time;
    private final List<FaultKind> kinds;
    private final Duration end;
    private final SplittableRandom random;
    private final FaultDraw draw;
    private final Consumer<String> told;
    private final int longestCalm;
    private final Coverage coverage = new Coverage();
    private final EnumSet<ActionKind> inFlight = EnumSet.noneOf(ActionKind.class);
    private final Set<NodeId> hung = new HashSet<>();
    private final Set<NodeId> takenOut = new HashSet<>();
    private Duration stepped = Duration.ZERO;
    private boolean badTemplate;
    /** After so many edges of calls the daemon dies; 0: it does not. */
    private int crashIn;

    /** @param told hears in plain words of every strike */
    Strikes(Scene scene, VirtualTime time, SoakOptions options, long seed, Consumer<String> told) {
        this.scene = scene;
        this.time = time;
        this.kinds = List.copyOf(options.faults());
        this.end = options.faulty();
        this.random = new SplittableRandom(~seed);
        this.draw = new FaultDraw(scene, random, end);
        this.told = told;
        this.longestCalm = 300 + random.nextInt(5400);
    }

    void begin() {
        next();
    }

    Coverage coverage() {
        return coverage;
    }

    /** A pass has ended, one way or the other: nothing is in flight any more. */
    void passEnded() {
        inFlight.clear();
    }

    @Override
    public void before(Call call) {
        Optional<ActionKind> write = Writes.kind(call);
        write.ifPresent(inFlight::add);
        edge(call, write, random.nextBoolean());
    }

    @Override
    public void after(Call call) {
        edge(call, Writes.kind(call), true);
    }

    private void edge(Call call, Optional<ActionKind> write, boolean strike) {
        if (crashIn > 0 && --crashIn == 0) {
            crash(call);
        }
        if (strike && write.isPresent() && on() && random.nextInt(rarity(write.get())) == 0) {
            strikeAt(call, write.get());
        }
    }

    private static int rarity(ActionKind kind) {
        return kind == ActionKind.SET_CREDIT_MODE ? RARE : COMMON;
    }

    private boolean on() {
        return time.elapsed().compareTo(end) < 0;
    }

    private void next() {
        Duration at = time.elapsed().plusSeconds(30 + random.nextInt(longestCalm));
        if (at.compareTo(end) < 0) {
            time.at(at, () -> {
                FaultKind kind = kinds.get(random.nextInt(kinds.size()));
                if (kind == FaultKind.CRASH) {
                    crashIn = 1 + random.nextInt(60);
                } else {
                    strike(kind, null);
                }
                next();
            });
        }
    }

    private void strikeAt(Call call, ActionKind write) {
        List<FaultKind> left = new ArrayList<>(kinds);
        while (!left.isEmpty()) {
            FaultKind kind = leastStruck(left, write);
            left.remove(kind);
            if (kind == FaultKind.CRASH) {
                crash(call);
            }
            if (strike(kind, call.operation())) {
                if (kinds.contains(FaultKind.CRASH) && random.nextInt(FOLLOWED) == 0) {
                    crashIn = 1 + random.nextInt(20);
                }
                return;
            }
        }
    }

    private FaultKind leastStruck(List<FaultKind> among, ActionKind write) {
        long least =
                among.stream().mapToLong(kind -> coverage.of(kind, write)).min().orElse(0);
        List<FaultKind> rarest =
                among.stream().filter(kind -> coverage.of(kind, write) == least).toList();
        return rarest.get(random.nextInt(rarest.size()));
    }

    private boolean strike(FaultKind kind, @Nullable String operation) {
        scene.world().advance();
        Optional<Fault> fault = draw.of(kind, operation);
        fault.ifPresent(drawn -> {
            note(drawn);
            coverage.struck(kind, inFlight);
            told.accept("fault     %s: %s".formatted(kind.label(), drawn));
            scene.world().inject(drawn);
            if (kind == FaultKind.BAD_TEMPLATE) {
                mendTemplate();
            }
        });
        return fault.isPresent();
    }

    private void crash(Call call) {
        crashIn = 0;
        coverage.struck(FaultKind.CRASH, inFlight);
        told.accept("fault     crash: at call %d, %s".formatted(call.number(), call.operation()));
        throw new SimulatedCrash("at call %d, %s".formatted(call.number(), call.operation()));
    }

    /** What others did is no breach of ours, and has to heal. */
    private void note(Fault fault) {
        switch (fault) {
            case Fault.Hang hang -> hung.add(hang.node());
            case Fault.Impair impair -> hung.add(impair.node());
            case Fault.ForbidTermination forbid -> scene.undying(forbid.node());
            case Fault.Deregister deregister -> takenOut.add(deregister.node());
            case Fault.Tag tag -> scene.disowned(tag.node());
            case Fault.FailCalls failing when conceals(failing.how()) -> scene.concealing(failing.until());
            case Fault.StepClock(Duration by) -> stepped = stepped.plus(by);
            default -> {}
        }
    }

    private static boolean conceals(CallFailure how) {
        return switch (how) {
            case CallFailure.EmptyAnswer _, CallFailure.HalfAnswer _, CallFailure.FirstPageOnly _ -> true;
            default -> false;
        };
    }

    private void mendTemplate() {
        badTemplate = true;
        time.at(earlier(time.elapsed().plusSeconds(600 + random.nextInt(7200)), end), () -> {
            if (badTemplate) {
                badTemplate = false;
                scene.world().inject(new Fault.NewTemplateVersion(false));
            }
        });
    }

    /**
     * Everything heals, the clock too. Half of the sick get well by themselves; what nobody can end is retired by EC2; what was taken from
     * the cluster is ended by whoever took it.
     *
     * @return whether a node is still held out of rotation by someone
     */
    boolean heal() {
        crashIn = 0;
        boolean held = false;
        scene.world().inject(new Fault.StepClock(stepped.negated()));
        for (Machine machine : List.copyOf(scene.world().compute().all())) {
            if (!machine.alive()) {
                continue;
            }
            held |= takenOut.contains(machine.id());
            if (scene.isUndying(machine.id())) {
                scene.world().inject(new Fault.Retire(machine.id(), time.elapsed()));
            } else if (!scene.ours(machine)) {
                scene.world().inject(new Fault.TerminateBehindBack(machine.id()));
            } else if (hung.contains(machine.id()) && random.nextBoolean()) {
                scene.world().inject(new Fault.Recover(machine.id()));
            }
        }
        told.accept("fault     everything heals");
        return held;
    }

    private static Duration earlier(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
