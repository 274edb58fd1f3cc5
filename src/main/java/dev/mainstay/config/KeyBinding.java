package dev.mainstay.config;

import dev.mainstay.cluster.Labelled;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Turns texts into values, by Spring Boot's binder, and notes every text that is not one. */
final class KeyBinding {
    private static final String ROOT = "mainstay";
    private final Findings findings;
    private final Map<String, String> texts;
    private final Binder binder;

    KeyBinding(Findings findings) {
        this.findings = findings;
        this.texts = findings.texts();
        this.binder = new Binder(new MapConfigurationPropertySource(texts));
    }

    ConfigKeys.Root root() {
        return binder.bindOrCreate(ROOT, Bindable.of(ConfigKeys.Root.class), new Noting());
    }

    /**
     * One cluster by itself: a cluster of which nothing could be bound is not in the root's map, but its missing keys
     * are still to be told.
     */
    static ConfigKeys.Cluster cluster(ConfigKeys.Root root, String name) {
        ConfigKeys.Cluster bound = root.clusters().get(name);
        return bound != null ? bound : new Binder().bindOrCreate(ROOT, ConfigKeys.Cluster.class);
    }

    private final class Noting extends AbstractBindHandler {
        @Override
        public @Nullable Object onFailure(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) {
            // The rest of a list after an element that the walk or the binder has refused already.
            if (error instanceof UnboundConfigurationPropertiesException) {
                return null;
            }
            String text = texts.getOrDefault(name.toString(), "");
            findings.refuse(name.toString(), message(target.getType().resolve(Object.class), text, error));
            return null;
        }
    }

    private static String message(Class<?> type, String text, Exception error) {
        if (type.isEnum()) {
            String labels = Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Labelled) constant).label())
                    .collect(Collectors.joining(", "));
            return "%s is not allowed; needs one of %s".formatted(Quoted.of(text), labels);
        }
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof IllegalArgumentException && cause.getMessage() != null
                ? cause.getMessage()
                : Quoted.of(text) + " is not allowed here";
    }
}
