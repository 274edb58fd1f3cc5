package dev.mainstay.stories;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Zone;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.stories.Tale.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * AWS writes of a kind, as a line describes them; null means any.
 *
 * @param done whether AWS accepted it
 * @param count how many nodes; 1 where the line says nothing
 */
record Deed(
        ActionKind kind,
        Boolean done,
        int count,
        Market market,
        InstanceType type,
        Zone zone,
        Who who,
        CreditMode mode,
        Words words) {
    private static final Pattern TYPE = Pattern.compile("[a-z]\\d[a-z]*\\.[a-z0-9]+");
    private static final Map<String, ActionKind> NOUNS = new TreeMap<>(Map.of(
            "launch", ActionKind.LAUNCH,
            "termination", ActionKind.TERMINATE,
            "deregistration", ActionKind.DEREGISTER,
            "registration", ActionKind.REGISTER,
            "switch", ActionKind.SET_CREDIT_MODE,
            "standby", ActionKind.ENTER_STANDBY,
            "resize", ActionKind.SET_GROUP_SIZE,
            "hook", ActionKind.COMPLETE_HOOK));

    /** Reads "launch 2 spot nodes in us-east-1a", "terminate node 3", "switch A to unlimited", "write". */
    static Deed verb(Words words) {
        if (words.take("launch")) {
            int count = words.atNumber() ? words.number() : 1;
            Market market = Who.market(words);
            InstanceType type = words.matches(TYPE) ? new InstanceType(words.word(TYPE, "a type")) : null;
            words.takeAny("node", "nodes");
            return new Deed(ActionKind.LAUNCH, true, count, market, type, zone(words), null, null, words);
        }
        if (words.take("switch")) {
            Who who = Who.read(words);
            words.need("to");
            CreditMode mode = words.one(CreditMode.class);
            return new Deed(ActionKind.SET_CREDIT_MODE, true, 1, null, null, null, who, mode, words);
        }
        for (ActionKind kind : List.of(ActionKind.TERMINATE, ActionKind.DEREGISTER, ActionKind.REGISTER)) {
            if (words.take(kind.label())) {
                Who who = Who.read(words);
                int count = who instanceof Who.Some some && some.count() != null ? some.count() : 1;
                return new Deed(kind, true, count, null, null, null, who, null, words);
            }
        }
        if (words.take("resize a group")) {
            return new Deed(ActionKind.SET_GROUP_SIZE, true, 1, null, null, null, null, null, words);
        }
        if (words.take("write")) {
            return new Deed(null, null, 1, null, null, null, null, null, words);
        }
        throw words.refused();
    }

    /** Reads "3 refused spot launches in us-east-1a", "2 terminations of B", "0 writes"; the number is read before. */
    static Deed noun(int count, Words words) {
        Boolean done = words.take("refused") ? Boolean.FALSE : null;
        Market market = Who.market(words);
        for (Map.Entry<String, ActionKind> noun : NOUNS.entrySet()) {
            String singular = noun.getKey();
            if (words.takeAny(singular, singular + (singular.endsWith("ch") ? "es" : "s"))) {
                Who who = words.take("of") ? Who.read(words) : null;
                Boolean accepted = done == null ? Boolean.TRUE : done;
                return new Deed(noun.getValue(), accepted, count, market, null, zone(words), who, null, words);
            }
        }
        if (!words.takeAny("write", "writes")) {
            throw words.refused();
        }
        return new Deed(null, done, count, market, null, null, null, null, words);
    }

    private static Zone zone(Words words) {
        return words.take("in") ? words.zone() : null;
    }

    /** How many nodes these writes are about; a refused call counts once. */
    int countIn(Tale tale, Duration from, Duration to) {
        return tale.writes().stream()
                .filter(write -> write.at().compareTo(from) >= 0 && write.at().compareTo(to) <= 0)
                .filter(write -> matches(write, tale))
                .mapToInt(write -> kind == ActionKind.LAUNCH && write.done()
                        ? write.nodes().size()
                        : 1)
                .sum();
    }

    boolean matches(Write write, Tale tale) {
        return (kind == null || kind == write.kind())
                && (done == null || done == write.done())
                && (market == null || market == write.market())
                && (type == null
                        || write.pool() != null && type.equals(write.pool().type()))
                && (zone == null
                        || write.pool() != null && zone.equals(write.pool().zone()))
                && (mode == null || mode == write.mode())
                && (who == null || write.nodes().stream().anyMatch(node -> who.means(node, tale, words)));
    }

    /** The same, whether AWS accepted it or not. */
    Deed tried() {
        return new Deed(kind, null, count, market, type, zone, who, mode, words);
    }
}
