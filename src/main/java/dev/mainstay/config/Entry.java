package dev.mainstay.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One key of a mapping, and what it stands for.
 *
 * @param merged brought in by {@code <<}: it gives way to the same key beside it
 */
record Entry(ScalarNode key, Node value, boolean merged) {
    String name() {
        return key.getValue();
    }

    /**
     * A mapping's own entries, then those that {@code <<} brings in.
     *
     * @param refuse takes what is no entry, with a message
     */
    static List<Entry> of(MappingNode mapping, BiConsumer<Node, String> refuse) {
        List<Entry> entries = new ArrayList<>();
        collect(mapping, false, Collections.newSetFromMap(new IdentityHashMap<>()), entries, refuse);
        return entries;
    }

    /** @param seen mappings merged so far: once is enough, and one that merges itself would not end */
    private static void collect(
            MappingNode mapping, boolean merged, Set<Node> seen, List<Entry> entries, BiConsumer<Node, String> refuse) {
        List<NodeTuple> merges = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                refuse.accept(tuple.getKeyNode(), "a key must be plain text");
            } else if (key.getTag().equals(Tag.MERGE)) {
                merges.add(tuple);
            } else {
                entries.add(new Entry(key, tuple.getValueNode(), merged));
            }
        }
        seen.add(mapping);
        for (NodeTuple tuple : merges) {
            List<Node> sources =
                    tuple.getValueNode() instanceof SequenceNode list ? list.getValue() : List.of(tuple.getValueNode());
            for (Node source : sources) {
                if (!(source instanceof MappingNode other)) {
                    refuse.accept(tuple.getKeyNode(), "takes an alias of a mapping, such as '<<: *name'");
                } else if (!seen.contains(other)) {
                    collect(other, true, seen, entries, refuse);
                }
            }
        }
    }
}
