package dev.mainstay.simulation.soak;

import dev.mainstay.planning.ActionKind;
import dev.mainstay.simulation.sdk.Call;
import java.util.Map;
import java.util.Optional;

/** Which kind of write an AWS operation carries out. */
final class Writes {
    private static final Map<String, ActionKind> KINDS = Map.of(
            "RunInstances", ActionKind.LAUNCH,
            "RegisterTargets", ActionKind.REGISTER,
            "DeregisterTargets", ActionKind.DEREGISTER,
            "TerminateInstances", ActionKind.TERMINATE,
            "ModifyInstanceCreditSpecification", ActionKind.SET_CREDIT_MODE);

    private Writes() {}

    /** Empty for a call that only reads. */
    static Optional<ActionKind> kind(Call call) {
        return call.writes() ? Optional.ofNullable(KINDS.get(call.operation())) : Optional.empty();
    }
}
