package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Zone;
import dev.mainstay.planning.Canary;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.util.List;

/**
 * When a whole zone is sick and the others are well, what is missing is launched elsewhere at once. Nobody is taken away
 * there: when the zone is well again, whoever is too many goes as surplus.
 */
final class SetSickZoneAside implements Rule {
    @Override
    public RuleName name() {
        return RuleName.SET_SICK_ZONE_ASIDE;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        Canary canary = situation.memory().canary();
        if (canary == null) {
            return;
        }
        Zone zone = canary.zone();
        // As long as nobody was sick for long, it may be a blip; the canary's word that they are well enough ends it.
        if (zone == null || !draft.heldBack(GuardName.SHARED_FATE)) {
            return;
        }
        List<Standing> sick = situation.nodes().stream()
                .filter(node -> node.phase() == Phase.SUSPECT || canary.is(node.memory()))
                .filter(node ->
                        !node.inService() && node.memory().instance().zone().equals(zone))
                .toList();
        sick.forEach(node -> draft.setAside(node, new Reason.ZoneSick(zone, sick.size())));
    }
}
