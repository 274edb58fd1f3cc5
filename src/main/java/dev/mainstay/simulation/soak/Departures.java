package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.SpotRequest;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.simulation.sdk.CallSubjects;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which nodes were in service when the load balancer was last asked, and which of them our calls have taken out since. By
 * that a removal is judged: what changed in the world between the last look and the call nobody could know.
 */
final class Departures {
    /** What was seen longer ago is no excuse. */
    private static final Duration FRESH = Duration.ofMinutes(2);
    /** The floor does not hold what AWS takes within half a minute anyway. */
    private static final Duration TAKEN_ANYWAY = Duration.ofSeconds(30);

    private final Scene scene;
    private Set<NodeId> asked = Set.of();
    private Set<NodeId> shown = Set.of();
    private Duration shownAt = Duration.ZERO;
    private final Set<NodeId> unclear = new HashSet<>();
    private final Set<NodeId> removed = new HashSet<>();
    private int takenAnyway;

    Departures(Scene scene) {
        this.scene = scene;
    }

    /** What an answer shows that comes late is what was before. */
    void before(Call call) {
        if (call.operation().equals("DescribeTargetHealth")) {
            asked = scene.inService();
        } else if (call.writes() && scene.elapsed().minus(shownAt).compareTo(FRESH) > 0) {
            look(scene.inService());
        }
    }

    private void look(Set<NodeId> inService) {
        shown = new HashSet<>(inService);
        shownAt = scene.elapsed();
        unclear.clear();
        removed.clear();
        takenAnyway = 0;
    }

    /** Takes in what a call has changed or shown; the nodes that it has taken out of service. */
    List<NodeId> after(Call call) {
        if (call.operation().equals("DescribeTargetHealth")) {
            // An answer may show what was before, or what is now: a node that served at one time only is no departure.
            look(scene.inService());
            shown.addAll(asked);
            unclear.addAll(shown);
            unclear.removeIf(id -> asked.contains(id) && scene.inService().contains(id));
            return List.of();
        }
        Optional<ActionKind> kind = Writes.kind(call);
        if (kind.isEmpty() || !kind.get().destructive()) {
            return List.of();
        }
        List<NodeId> gone = CallSubjects.nodes(call).stream()
                .filter(id -> shown.contains(id) && !removed.contains(id) && !unclear.contains(id))
                .filter(id -> !scene.inService().contains(id))
                .toList();
        for (NodeId id : gone) {
            removed.add(id);
            if (scene.machine(id)
                    .map(machine -> takenAnyway(machine, kind.get()))
                    .orElse(true)) {
                takenAnyway++;
            }
        }
        return gone;
    }

    /** Those of the shown that serve on, be it that someone has made them his own. */
    Set<NodeId> left() {
        Set<NodeId> left = new HashSet<>(scene.servingDisowned());
        left.addAll(shown);
        left.removeAll(removed);
        return left;
    }

    /** Whether our calls took more out than AWS takes within half a minute anyway. */
    boolean lowered() {
        return removed.size() > takenAnyway;
    }

    /** Those that serve on, and those that go within half a minute anyway. */
    int leftOrTakenAnyway() {
        return left().size() + takenAnyway;
    }

    private boolean takenAnyway(Machine machine, ActionKind how) {
        if (how == ActionKind.DEREGISTER && !machine.alive()) {
            return true; // others ended it since it was looked at
        }
        SpotRequest request = machine.request();
        // What AWS said counts: that it says so late, or falsely, is not to be known.
        if (request == null || request.status().equals(SpotRequest.FULFILLED)) {
            return false;
        }
        Duration lead = scene.world().spec().spot().noticeLead();
        return scene.elapsed().compareTo(request.statusSince().plus(lead).minus(TAKEN_ANYWAY)) >= 0;
    }
}
