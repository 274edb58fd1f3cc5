package dev.mainstay.stories;

import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Whom a line is about. */
sealed interface Who {
    /** One node, by the name that the story gave it. */
    record Named(String name) implements Who {}

    /** One node, by its place in the order of all launches. */
    record Numbered(int number) implements Who {}

    /**
     * Nodes of a kind.
     *
     * @param count null: all of them
     * @param market null: any
     * @param zone null: any
     */
    record Some(Integer count, Market market, Zone zone) implements Who {
        boolean fits(Machine machine) {
            return (market == null || market == machine.market()) && (zone == null || zone.equals(machine.zone()));
        }
    }

    Pattern NAME = Pattern.compile("[A-Z][a-z]*");

    /** Reads a name, "node 3", "a spot node", "2 nodes in us-east-1a", "every node". */
    static Who read(Words words) {
        if (words.take("node")) {
            return new Numbered(words.number());
        }
        if (words.matches(NAME)) {
            return new Named(words.word(NAME, "a name"));
        }
        if (words.take("every")) {
            return some(words, null);
        }
        if (words.takeAny("any", "a", "an")) {
            return some(words, 1);
        }
        return words.atNumber() ? some(words, words.number()) : fail(words);
    }

    private static Who fail(Words words) {
        words.word(NAME, "the name of a node");
        throw words.refused();
    }

    private static Some some(Words words, Integer count) {
        Market market = market(words);
        if (!words.takeAny("node", "nodes")) {
            throw words.refused();
        }
        return new Some(count, market, words.take("in") ? words.zone() : null);
    }

    static Market market(Words words) {
        if (words.take("spot")) {
            return Market.SPOT;
        }
        return words.take("on-demand") ? Market.ON_DEMAND : null;
    }

    /**
     * The nodes that are meant now, those first that have been there longest. A kind means nodes in service to which
     * nothing has happened yet; every means all that exist.
     */
    default List<NodeId> now(Stage stage, Words words) {
        Tale tale = stage.tale();
        return switch (this) {
            case Named(String name) ->
                List.of(tale.named(name).orElseThrow(() -> words.mistake("no node has been called " + name)));
            case Numbered(int number) ->
                List.of(tale.numbered(number)
                        .orElseThrow(() -> words.mistake("no %d nodes have been launched yet".formatted(number))));
            case Some some -> {
                List<NodeId> fitting = new ArrayList<>();
                for (Machine machine : stage.alive()) {
                    boolean untouched =
                            stage.serving().contains(machine.id()) && !tale.hasName(machine.id()) && !machine.doomed();
                    if (some.fits(machine) && (some.count == null || untouched)) {
                        fitting.add(machine.id());
                    }
                }
                int count = some.count == null ? fitting.size() : some.count;
                if (fitting.size() < count || count == 0) {
                    throw words.mistake("there are only %d such nodes in service".formatted(fitting.size()));
                }
                yield List.copyOf(fitting.subList(0, count));
            }
        };
    }

    /** Whether a node is one of those meant, told afterwards. */
    default boolean means(NodeId id, Tale tale, Words words) {
        return switch (this) {
            case Named(String name) ->
                tale.named(name)
                        .orElseThrow(() -> words.mistake("no node has been called " + name))
                        .equals(id);
            case Numbered(int number) ->
                tale.numbered(number).filter(id::equals).isPresent();
            case Some some -> tale.machine(id) != null && some.fits(tale.machine(id));
        };
    }
}
