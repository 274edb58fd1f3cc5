package dev.mainstay.simulation.soak;

import dev.mainstay.planning.Pass;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.simulation.sdk.CallBoundary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has every invariant judge every call and every pass, and keeps the first breach. */
final class Referee implements CallBoundary {
    private final List<Invariant> invariants;
    private final NoSecrets secrets = new NoSecrets();
    private final Runnable stop;
    private long checks;
    private long calls;
    private long writes;
    private String lastWrite = "none";
    private @Nullable Finding finding;

    /** The invariant that was broken, and how. */
    record Finding(String invariant, String what) {}

    /** @param stop ends the trial */
    Referee(List<Invariant> invariants, Runnable stop) {
        this.invariants = List.copyOf(invariants);
        this.stop = stop;
    }

    /** Everything that must hold in this trial. */
    static List<Invariant> all(Scene scene, Daemon daemon) {
        return List.of(
                new FloorHolds(scene),
                new NoLeak(scene),
                new OnlyOurs(scene),
                new MakeBeforeBreak(scene),
                new OneForOne(scene),
                new WithinBudgets(scene),
                new HalfTheBucket(scene),
                new KeepsPassing(scene, daemon),
                new SeesWhatItDestroys(),
                new SparesTheYoung(scene),
                new FillsGaps(),
                new Dwells(scene));
    }

    @Override
    public void before(Call call) {
        for (Invariant invariant : invariants) {
            judged(invariant, invariant.before(call));
        }
    }

    @Override
    public void after(Call call) {
        calls++;
        if (call.writes()) {
            writes++;
            lastWrite = call.operation();
        }
        for (Invariant invariant : invariants) {
            judged(invariant, invariant.after(call));
        }
        checks += invariants.size();
    }

    void pass(Pass pass) {
        for (Invariant invariant : invariants) {
            judged(invariant, invariant.pass(pass));
        }
        checks += invariants.size();
    }

    void line(String line) {
        judged(secrets, secrets.told(line));
    }

    /** What else is found, such as a cluster that does not heal. */
    void found(String invariant, String what) {
        if (finding == null) {
            finding = new Finding(invariant, what);
            stop.run();
        }
    }

    /** The first breach; null: none. */
    @Nullable
    Finding finding() {
        return finding;
    }

    long checks() {
        return checks;
    }

    long calls() {
        return calls;
    }

    long writes() {
        return writes;
    }

    String lastWrite() {
        return lastWrite;
    }

    private void judged(Invariant invariant, @Nullable String what) {
        if (what != null) {
            found(invariant.name(), what);
        }
    }
}
