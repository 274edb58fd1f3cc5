package dev.mainstay.cluster;

import java.util.regex.Pattern;

/** The name of a cluster, as it stands in the config, in tags and in paths: {@code [a-z][a-z0-9-]{0,31}}. */
public record ClusterName(String value) implements Comparable<ClusterName> {
    public static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public ClusterName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("cluster name '%s' does not match %s".formatted(value, FORM));
        }
    }

    @Override
    public int compareTo(ClusterName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
