package dev.mainstay.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What may stand at a place in the file, read from {@link ConfigKeys} so that the two cannot differ. The walk over the
 * file follows it, and the tests hold the shipped file, the schema and the table in the docs to it.
 */
sealed interface KeyShape {

    /** Keys of ours, by their names in kebab case. */
    record Section(Map<String, KeyShape> children) implements KeyShape {}

    /** Keys that the operator chooses: names of clusters, zones. */
    record Named(KeyShape each) implements KeyShape {}

    record Many(KeyShape each) implements KeyShape {}

    /** @param standard the default, as it would be written in the file */
    record Value(Class<?> type, Optional<String> standard) implements KeyShape {}

    /** The root of a file, as far as it is ours. */
    static Section file() {
        return new Section(Map.of("mainstay", section(ConfigKeys.Root.class)));
    }

    /**
     * Every value below a shape. A name that the operator chooses is written {@code *}, an element of a list of sections
     * {@code []}; a list of values is one key.
     */
    static Map<String, Value> values(KeyShape shape, String path) {
        Map<String, Value> found = new LinkedHashMap<>();
        switch (shape) {
            case Section section ->
                section.children()
                        .forEach((name, child) ->
                                found.putAll(values(child, path.isEmpty() ? name : path + "." + name)));
            case Named named -> found.putAll(values(named.each(), path + ".*"));
            case Many(Value each) -> found.put(path, each);
            case Many many -> found.putAll(values(many.each(), path + "[]"));
            case Value value -> found.put(path, value);
        }
        return found;
    }

    private static Section section(Class<?> type) {
        Map<String, KeyShape> children = new LinkedHashMap<>();
        Constructor<?> constructor = type.getDeclaredConstructors()[0];
        for (Parameter parameter : constructor.getParameters()) {
            children.put(
                    kebab(parameter.getName()),
                    of(parameter.getParameterizedType(), parameter.getAnnotation(DefaultValue.class)));
        }
        return new Section(children);
    }

    private static KeyShape of(Type type, @Nullable DefaultValue standard) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? new Many(of(arguments[0], null))
                    : new Named(of(arguments[1], null));
        }
        Class<?> plain = (Class<?>) type;
        if (plain.getEnclosingClass() == ConfigKeys.class) {
            return section(plain);
        }
        return new Value(
                plain,
                standard == null || standard.value().length == 0 ? Optional.empty() : Optional.of(standard.value()[0]));
    }

    private static String kebab(String component) {
        return component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
