package dev.mainstay.simulation;

import dev.mainstay.cluster.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What every application depends on, such as the database: where it is down, and since when it is up again. */
final class Outages {
    private final Agenda agenda;
    private final Collection<Machine> machines;
    private final Consumer<Machine> changed;
    private final List<Outage> open = new ArrayList<>();

    /**
     * No outage yet.
     *
     * @param machines a view on all machines
     * @param changed told of every machine that has been cut off or joined again
     */
    Outages(Agenda agenda, Collection<Machine> machines, Consumer<Machine> changed) {
        this.agenda = agenda;
        this.machines = machines;
        this.changed = changed;
    }

    /** @param zone null: everywhere */
    void begin(@Nullable Zone zone, Duration until) {
        Outage outage = new Outage(zone);
        open.add(outage);
        tell();
        agenda.at(until, () -> {
            open.remove(outage);
            tell();
        });
    }

    /** Whether what runs there lacks what it depends on. */
    boolean cutOff(Zone zone) {
        return open.stream().anyMatch(outage -> outage.zone == null || outage.zone.equals(zone));
    }

    private void tell() {
        for (Machine machine : List.copyOf(machines)) {
            boolean cutOff = cutOff(machine.zone());
            if (machine.cutOff != cutOff) {
                machine.cutOff = cutOff;
                changed.accept(machine);
            }
        }
    }

    /** One of them; two of the same zone are still two. */
    private static final class Outage {
        private final @Nullable Zone zone;

        Outage(@Nullable Zone zone) {
            this.zone = zone;
        }
    }
}
