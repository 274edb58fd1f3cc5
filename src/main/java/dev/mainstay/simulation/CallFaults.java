package dev.mainstay.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What goes wrong with calls, and with who makes them. Not thread-safe. */
final class CallFaults {
    private final Chance chance;
    private final List<Fault.FailCalls> failures = new ArrayList<>();
    private final List<Fault.Freeze> freezes = new ArrayList<>();
    private Duration frozen = Duration.ZERO;
    private long lots;

    CallFaults(Chance chance) {
        this.chance = chance;
    }

    void add(Fault.FailCalls failure) {
        failures.add(failure);
    }

    void add(Fault.Freeze freeze) {
        freezes.add(freeze);
    }

    /** How one attempt fails now; of several faults the one that began first. */
    Optional<CallFailure> failureOf(String operation, Duration now) {
        failures.removeIf(failure -> failure.until().compareTo(now) <= 0);
        for (Fault.FailCalls failure : failures) {
            if (failure.hits(operation, now) && drawn(failure.share())) {
                return Optional.of(failure.how());
            }
        }
        return Optional.empty();
    }

    /** The freeze that waits for a call of this operation; it happens once. */
    Optional<Fault.Freeze> freezeAt(String operation) {
        for (Fault.Freeze freeze : freezes) {
            if (freeze.hits(operation)) {
                freezes.remove(freeze);
                frozen = frozen.plus(freeze.length());
                return Optional.of(freeze);
            }
        }
        return Optional.empty();
    }

    Duration frozen() {
        return frozen;
    }

    private boolean drawn(double share) {
        return share >= 1 || chance.of("call", ++lots).nextDouble() < share;
    }
}
