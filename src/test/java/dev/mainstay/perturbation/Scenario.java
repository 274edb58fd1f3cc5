package dev.mainstay.perturbation;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * One golden scenario: a cluster that is left alone until {@code settled}, what then happens to it, and what becomes of it.
 * Nothing in it is random, so two plays that are disturbed alike are alike.
 *
 * @param opening what is so before the cluster is supervised
 * @param settled how long the cluster is left alone first; what it calls by then is not disturbed
 * @param happening what happens then, and, by events of the virtual time, later
 * @param lasts from the happening to the end of what is disturbed, at least; whatever is written makes it longer
 * @param patience what any disturbance may cost beside the disturbance itself
 * @param deeds what is asked of AWS in it when nothing disturbs it, in this order
 */
record Scenario(
        String name,
        SpecDraft draft,
        WorldSpec world,
        Consumer<Rehearsal> opening,
        Duration settled,
        Consumer<Rehearsal> happening,
        Duration lasts,
        Duration patience,
        List<ActionKind> deeds) {

    ClusterSpec spec() {
        return draft.in(world.place());
    }

    /** Whether a node that goes missing in it is another node's matter; not where one node's credits are the story. */
    boolean anyoneMayBeMissing() {
        return draft.build().credits().remedy()
                == SpecDraft.micro().build().credits().remedy();
    }

    /** The same in another world. */
    Scenario in(WorldSpec changed) {
        return new Scenario(name, draft, changed, opening, settled, happening, lasts, patience, deeds);
    }

    Scenario opening(Consumer<Rehearsal> changed) {
        return new Scenario(name, draft, world, changed, settled, happening, lasts, patience, deeds);
    }

    Scenario after(Duration time, Consumer<Rehearsal> happens) {
        return new Scenario(name, draft, world, opening, time, happens, lasts, patience, deeds);
    }

    Scenario lasting(Duration length) {
        return new Scenario(name, draft, world, opening, settled, happening, length, patience, deeds);
    }

    Scenario patient(Duration length) {
        return new Scenario(name, draft, world, opening, settled, happening, lasts, length, deeds);
    }

    @Override
    public String toString() {
        return name;
    }
}
