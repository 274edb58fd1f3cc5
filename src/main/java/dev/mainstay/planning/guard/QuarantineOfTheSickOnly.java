package dev.mainstay.planning.guard;

import dev.mainstay.cluster.Mode;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;

/**
 * In quarantine mode only the sick are given up: whoever else is condemned would be replaced, and then neither taken out of
 * rotation nor terminated.
 */
final class QuarantineOfTheSickOnly implements Guard {
    @Override
    public GuardName name() {
        return GuardName.OBSERVE_MODE;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        return Verdict.withholdIf(
                situation.spec().mode() == Mode.QUARANTINE && !action.reason().illness(),
                new Reason.ModeForbids(Mode.QUARANTINE.label()));
    }
}
