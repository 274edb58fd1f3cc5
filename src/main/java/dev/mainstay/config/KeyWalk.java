package dev.mainstay.config;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Walks the file along the shape that it should have, and notes every key with its place. What does not fit the shape is
 * a mistake and goes no further, so that the binder afterwards sees only known keys.
 *
 * <p>The walk is on YAML nodes and not on Spring's loaded properties: those know where a value stands but not its key,
 * stop at the first key that is given twice, and do not end on an anchor that holds itself.
 */
final class KeyWalk {
    /** Names become parts of property names in brackets; these need no further care there. */
    private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Far above any config written by hand; anchors of anchors would grow without it. */
    private static final int MOST_NODES = 20_000;

    private final Findings findings;
    private final BootKeys bootKeys;
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<String> opened = new HashSet<>();
    private int nodes;

    KeyWalk(Findings findings, BootKeys bootKeys) {
        this.findings = findings;
        this.bootKeys = bootKeys;
    }

    void walk(MappingNode root) {
        mapping(KeyShape.file(), root, "", "");
    }

    private void mapping(KeyShape shape, MappingNode node, String path, String written) {
        for (Entry entry : Entry.of(node, (place, message) -> refuse(place, join(written, text(place)), message))) {
            if (path.isEmpty() && BootKeys.belongs(entry.name())) {
                bootKeys.take(entry.name(), entry.key(), entry.value());
            } else {
                enter(shape, entry, entry.name(), path, written);
            }
        }
    }

    /** @param name the entry's name, or what is left of it: Spring reads {@code a.b: 1} as {@code a: {b: 1}} */
    private void enter(KeyShape shape, Entry entry, String name, String path, String written) {
        if (shape instanceof KeyShape.Named named) {
            String whole = written + "." + name;
            if (SAFE_NAME.matcher(name).matches()) {
                place(named.each(), entry, path + "[" + name + "]", whole);
            } else {
                findings.spoil(path + "[]");
                refuse(entry.key(), whole, "this name is not allowed; needs up to 64 letters, digits and '-'");
            }
            return;
        }
        if (!(shape instanceof KeyShape.Section section)) {
            refuse(entry.key(), join(written, name), "has no keys below it");
            return;
        }
        Optional<String> known = known(section, name);
        int dot = name.indexOf('.');
        if (known.isPresent()) {
            place(child(section, known.get()), entry, join(path, known.get()), join(written, name));
        } else if (dot > 0 && known(section, name.substring(0, dot)).isPresent()) {
            String head = known(section, name.substring(0, dot)).orElseThrow();
            String headPath = join(path, head);
            String headWritten = join(written, name.substring(0, dot));
            if (!findings.has(headPath)) {
                findings.found(headPath, key(entry.key(), headWritten));
                opened.add(headPath);
            }
            enter(child(section, head), entry, name.substring(dot + 1), headPath, headWritten);
        } else {
            UnknownKey unknown = UnknownKey.of(section, path, name);
            refuse(entry.key(), join(written, name), unknown.message());
            unknown.meant().ifPresent(meant -> findings.spoil(join(path, meant)));
        }
    }

    private void place(KeyShape shape, Entry entry, String path, String written) {
        Key earlier = findings.key(path);
        if (earlier != null && !opened.remove(path)) {
            if (!entry.merged()) {
                refuse(
                        entry.key(),
                        written,
                        "is given twice; it stands in line %d already, remove one".formatted(earlier.line()));
            }
            return;
        }
        findings.found(path, key(entry.key(), written));
        value(shape, entry.key(), entry.value(), path, written);
    }

    private void value(KeyShape shape, Node place, Node value, String path, String written) {
        if (++nodes > MOST_NODES) {
            if (nodes == MOST_NODES + 1) {
                findings.refuse(path, "is one key too many; a config has at most %d".formatted(MOST_NODES));
            }
            return;
        }
        if (!open.add(value) && !(value instanceof ScalarNode)) {
            findings.refuse(path, "holds itself through its anchor; an alias must point to something else");
            return;
        }
        boolean empty = value instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
        if (!(shape instanceof KeyShape.Value) && empty) {
            // A header with everything below it commented out. What is required there will be missed.
            open.remove(value);
            return;
        }
        switch (shape) {
            case KeyShape.Value plain
            when value instanceof ScalarNode scalar -> scalar(plain, scalar, place, path, written);
            case KeyShape.Value plain -> findings.refuse(path, "takes one value, not a list or keys below it");
            case KeyShape.Section section
            when value instanceof MappingNode below -> mapping(section, below, path, written);
            case KeyShape.Section section ->
                findings.refuse(
                        path,
                        "takes keys below it: "
                                + String.join(", ", section.children().keySet()));
            case KeyShape.Named named when value instanceof MappingNode below -> mapping(named, below, path, written);
            case KeyShape.Named named -> findings.refuse(path, "takes names below it, each with its own value");
            case KeyShape.Many many when value instanceof SequenceNode list -> elements(many, list, path, written);
            case KeyShape.Many many -> findings.refuse(path, "takes a list, such as [a, b]");
        }
        open.remove(value);
    }

    private void scalar(KeyShape.Value shape, ScalarNode scalar, Node place, String path, String written) {
        boolean empty = scalar.getTag().equals(Tag.NULL)
                || (shape.type() != String.class && scalar.getValue().isBlank());
        if (empty) {
            findings.refuse(path, "has no value; give one, or remove the key");
            return;
        }
        if (shape.type() == TimeOfDay.class && scalar.isPlain()) {
            findings.refuse(
                    path,
                    "%s has no quotes; needs %s: without them YAML reads 22:30 as 1350"
                            .formatted(Quoted.of(scalar.getValue()), TimeOfDay.FORM));
            return;
        }
        Key key = key(place, written);
        findings.found(path, new Key(key.written(), key.line(), key.column(), scalar.getValue()));
    }

    private void elements(KeyShape.Many many, SequenceNode list, String path, String written) {
        int index = 0;
        for (Node element : list.getValue()) {
            String place = "[" + index++ + "]";
            findings.found(path + place, key(element, written + place));
            if (element instanceof MappingNode mapping && mapping.getValue().isEmpty()) {
                findings.refuse(path + place, "has nothing in it; fill it, or remove it");
            }
            value(many.each(), element, element, path + place, written + place);
        }
    }

    /** Relaxed as Spring's binding is: case, dashes and underscores do not count. */
    private static Optional<String> known(KeyShape.Section section, String name) {
        return section.children().keySet().stream()
                .filter(child -> uniform(child).equals(uniform(name)))
                .findFirst();
    }

    private static KeyShape child(KeyShape.Section section, String name) {
        return Optional.ofNullable(section.children().get(name)).orElseThrow();
    }

    private static String uniform(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String text(Node key) {
        return key instanceof ScalarNode scalar ? scalar.getValue() : "?";
    }

    private static Key key(Node node, String written) {
        return new Key(
                written, node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1, null);
    }

    private void refuse(Node place, String written, String message) {
        Key key = key(place, written);
        findings.refuse(key.line(), key.column(), written, message);
    }
}
