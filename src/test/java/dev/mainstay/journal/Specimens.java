package dev.mainstay.journal;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Reason;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes one of any record of ours by looking at its components, so that a record, or a variant of a sealed type, that is
 * added later is tested without a word here. Each value differs from the ones before it.
 */
public final class Specimens {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00.123456789Z");

    private final boolean full;
    private int made;

    private Specimens(boolean full) {
        this.full = full;
    }

    /** Nullable components are filled. */
    public static Specimens full() {
        return new Specimens(true);
    }

    /** Nullable components are null. */
    public static Specimens bare() {
        return new Specimens(false);
    }

    /** One of each record that a sealed type permits. */
    public static <T> List<T> variants(Class<T> sealed) {
        return Stream.of(sealed.getPermittedSubclasses())
                .flatMap(variant -> Stream.of(full().make(variant), bare().make(variant)))
                .<T>map(sealed::cast)
                .toList();
    }

    public <T> T make(Class<T> type) {
        return type.cast(value(type));
    }

    private Object value(Type type) {
        made++;
        if (type instanceof ParameterizedType generic) {
            return container(generic);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == String.class) {
            return "word \"" + made + "\" é";
        } else if (raw == int.class || raw == Integer.class) {
            return made;
        } else if (raw == double.class || raw == Double.class) {
            return made + 1.0 / 3;
        } else if (raw == boolean.class) {
            return full;
        } else if (raw == Instant.class) {
            return START.plusSeconds(made);
        } else if (raw == Duration.class) {
            return Duration.ofMillis(made * 1001L);
        } else if (raw == InstanceType.class) {
            return new InstanceType("t3.size" + made);
        } else if (raw == Reason.class) {
            return new Reason.Young(START, Duration.ofMinutes(made));
        } else if (raw == Action.class) {
            return made(Action.Terminate.class);
        } else if (raw.isSealed()) {
            return made(raw.getPermittedSubclasses()[made % raw.getPermittedSubclasses().length]);
        } else if (raw.isEnum()) {
            return raw.getEnumConstants()[made % raw.getEnumConstants().length];
        } else if (raw.isRecord()) {
            return made(raw);
        }
        throw new IllegalArgumentException("no specimen of " + type + ": teach Specimens to make one");
    }

    private Object container(ParameterizedType type) {
        Type element = type.getActualTypeArguments()[0];
        if (type.getRawType() == List.class) {
            return List.of(value(element), value(element));
        } else if (type.getRawType() == SortedSet.class) {
            return new TreeSet<>(List.of(value(element), value(element)));
        } else if (type.getRawType() == Map.class) {
            return Map.of(value(element), value(type.getActualTypeArguments()[1]));
        }
        throw new IllegalArgumentException("no specimen of " + type + ": teach Specimens to make one");
    }

    private Object made(Class<?> type) {
        List<Class<?>> types = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            boolean left = component.getAnnotatedType().isAnnotationPresent(Nullable.class) && !full;
            types.add(component.getType());
            values.add(left ? null : value(component.getGenericType()));
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException("cannot make a " + type, failure);
        }
    }
}
