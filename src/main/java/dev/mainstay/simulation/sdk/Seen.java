package dev.mainstay.simulation.sdk;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.Refusal;
import dev.mainstay.simulation.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.Filter;

/** The machines as descriptions show them: new ones may still be missing. */
final class Seen {
    private final World world;

    Seen(World world) {
        this.world = world;
    }

    /** In the order of their launches; ids that are not to be seen fail the call, as at EC2. */
    List<Machine> machines(List<String> ids, List<Filter> filters) {
        boolean asksForThem = filters.stream().anyMatch(filter -> "instance-id".equals(filter.name()));
        List<Machine> candidates = !ids.isEmpty() ? byId(ids) : asksForThem ? visible() : all();
        return filters.isEmpty()
                ? candidates
                : candidates.stream()
                        .filter(machine -> Filters.pass(filters, machine.tags(), fields(machine)))
                        .toList();
    }

    private List<Machine> visible() {
        return world.compute().all().stream().filter(Machine::visible).toList();
    }

    List<Machine> all() {
        return world.compute().all().stream().filter(Machine::listed).toList();
    }

    private List<Machine> byId(List<String> ids) {
        List<Machine> found = new ArrayList<>();
        for (String id : ids) {
            found.add(world.compute()
                    .machine(new NodeId(id))
                    .filter(Machine::visible)
                    .orElseThrow(() -> unknown(id)));
        }
        return found;
    }

    static Refusal unknown(String id) {
        return new Refusal("InvalidInstanceID.NotFound", 400, "the instance id '%s' does not exist".formatted(id));
    }

    private static Map<String, String> fields(Machine machine) {
        return Map.of(
                "instance-id",
                machine.id().value(),
                "instance-state-name",
                machine.state().label());
    }
}
