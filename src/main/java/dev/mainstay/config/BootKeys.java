package dev.mainstay.config;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin.Location;
import org.springframework.core.io.DescriptiveResource;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The keys of Spring Boot that may stand in the same file. What they mean is Spring's business; here they are only
 * collected, with their places, and kept apart from ours.
 */
final class BootKeys {
    private static final Set<String> ROOTS = Set.of("server", "spring", "management", "logging");
    private static final int MOST_NODES = 20_000;

    private final String file;
    private final Findings findings;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int nodes;

    BootKeys(String file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    static boolean belongs(String name) {
        int dot = name.indexOf('.');
        return ROOTS.contains(dot < 0 ? name : name.substring(0, dot));
    }

    /** By name, as an {@code OriginTrackedMapPropertySource} wants them. */
    Map<String, Object> values() {
        return values;
    }

    void take(String name, Node key, Node value) {
        int line = key.getStartMark().getLine() + 1;
        int column = key.getStartMark().getColumn() + 1;
        if (++nodes > MOST_NODES) {
            if (nodes == MOST_NODES + 1) {
                findings.refuse(line, column, name, "is one key too many; a config has at most " + MOST_NODES);
            }
            return;
        }
        if (!open.add(value) && !(value instanceof ScalarNode)) {
            findings.refuse(line, column, name, "holds itself through its anchor; an alias must point elsewhere");
            return;
        }
        switch (value) {
            case MappingNode mapping -> {
                for (Entry entry :
                        Entry.of(mapping, (place, message) -> findings.refuse(line, column, name, message))) {
                    String whole = entry.name().startsWith("[") ? name + entry.name() : name + "." + entry.name();
                    if (!entry.merged() || !values.containsKey(whole)) {
                        take(whole, entry.key(), entry.value());
                    }
                }
            }
            case SequenceNode list -> {
                for (int i = 0; i < list.getValue().size(); i++) {
                    take(
                            name + "[" + i + "]",
                            list.getValue().get(i),
                            list.getValue().get(i));
                }
            }
            case ScalarNode scalar -> put(name, line, column, scalar);
            default -> throw new IllegalStateException("a YAML node of an unknown kind: " + value.getNodeId());
        }
        open.remove(value);
    }

    private void put(String name, int line, int column, ScalarNode scalar) {
        boolean empty = scalar.getTag().equals(Tag.NULL);
        if (empty && ROOTS.contains(name)) {
            return; // a header with everything below it commented out
        }
        String text = empty ? "" : scalar.getValue();
        var origin = new TextResourceOrigin(new DescriptiveResource(file), new Location(line - 1, column - 1));
        if (values.putIfAbsent(name, OriginTrackedValue.of(text, origin)) != null) {
            findings.refuse(line, column, name, "is given twice; remove one");
        }
        if (name.equals("server.port") && !(text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535)) {
            findings.refuse(line, column, name, Quoted.of(text) + " is not a port; needs 0 to 65535, such as 8080");
        }
    }
}
