package dev.mainstay.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Client tokens of launches, and what came of them. Source: EC2 API reference, "Ensuring idempotency". */
final class LaunchTokens {
    private final Map<String, Launch> launches = new HashMap<>();

    /** What an earlier call of the same token was answered; empty: there was none. */
    Optional<List<Machine>> answer(LaunchOrder order) {
        Launch earlier = order.token() == null ? null : launches.get(order.token());
        if (earlier == null) {
            return Optional.empty();
        }
        if (!earlier.order.equals(order)) {
            throw Refusal.badRequest("IdempotentParameterMismatch", "this client token was used with other parameters");
        }
        if (earlier.machines.stream().allMatch(machine -> machine.state().ending())) {
            throw Refusal.badRequest(
                    "IdempotentInstanceTerminated", "what this client token launched has been terminated");
        }
        return Optional.of(earlier.machines);
    }

    /** A refused launch is not remembered: it made nothing. */
    void remember(LaunchOrder order, List<Machine> machines) {
        if (order.token() != null) {
            launches.put(order.token(), new Launch(order, List.copyOf(machines)));
        }
    }

    /** Forgets the launches of which no machine is listed any more. */
    void keepOnly(Predicate<Machine> listed) {
        launches.values().removeIf(launch -> launch.machines.stream().noneMatch(listed));
    }

    private record Launch(LaunchOrder order, List<Machine> machines) {}
}
