package dev.mainstay.cluster;

import java.util.Locale;

/**
 * An enum whose constants have a name outside of Java: in JSON, in metric tags, in config and as headings of runbooks.
 * The name is the constant's, in kebab case, so that the two cannot drift apart.
 */
public interface Labelled {
    String name();

    /** The constant's name in kebab case, such as {@code on-demand}. */
    default String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
