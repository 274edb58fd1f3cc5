package dev.mainstay.planning.guard;

import dev.mainstay.cluster.Surroundings;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Holds;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;

/**
 * Someone said stop: nothing at all is written, not even what is missing to the floor, since only they know why. By command
 * it always ends; the file {@code PAUSE} holds for as long as it is there.
 */
final class Paused implements Guard {
    @Override
    public GuardName name() {
        return GuardName.PAUSED;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        Surroundings.PauseFile file = situation.observation().surroundings().pause();
        if (file != null && file.holds(situation.now())) {
            return new Verdict.Withhold(
                    new Reason.OnHold(file.since(), file.until(), Surroundings.PauseFile.NAME, file.why()),
                    file.until());
        }
        Holds.Hold hold = situation.memory().holds().pause();
        return hold != null && hold.until().isAfter(situation.now())
                ? new Verdict.Withhold(
                        new Reason.OnHold(hold.since(), hold.until(), hold.who(), hold.why()), hold.until())
                : Verdict.PASS;
    }
}
