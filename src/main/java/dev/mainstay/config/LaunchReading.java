package dev.mainstay.config;

import dev.mainstay.cluster.ClusterSpec.Launch;
import dev.mainstay.cluster.Zone;
import dev.mainstay.config.Findings.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How nodes are launched: the section {@code launch}. */
final class LaunchReading {
    /**
     * AWS permits 50 tags on a resource, keys of 128 and values of 256 characters (EC2 User Guide, "Tag restrictions");
     * four tags are Mainstay's own.
     */
    private static final int MOST_TAGS = 46;

    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    private LaunchReading() {}

    static Launch launch(ConfigKeys.Launch keys, Optional<String> region, Place place) {
        Place at = place.below("launch");
        ConfigKeys.Template template = keys.template();
        Place templateAt = at.below("template");
        if (template.id() == null) {
            templateAt.below("id").missing("is missing; needs a launch template's id, such as lt-0123456789abcdef0");
        } else {
            Forms.template(templateAt.below("id"), template.id());
        }
        Forms.version(templateAt.below("version"), template.version());
        return new Launch(
                template.id() == null ? "" : template.id(),
                template.version(),
                subnets(keys.subnets(), region, at.below("subnets")),
                tags(keys.tags(), at.below("tags")),
                keys.keepFailed().value(),
                keys.by());
    }

    private static SortedMap<Zone, String> subnets(Map<String, String> texts, Optional<String> region, Place at) {
        SortedMap<Zone, String> subnets = new TreeMap<>();
        Map<String, String> zones = new HashMap<>();
        texts.forEach((zone, subnet) -> {
            Place here = at.named(zone);
            boolean zoneFits = Forms.zone(here, zone, region);
            boolean subnetFits = Forms.subnet(here, subnet);
            String other = zones.putIfAbsent(subnet, zone);
            if (zoneFits && subnetFits && other != null) {
                here.refuse("%s is the subnet of %s already; a subnet lies in one zone".formatted(subnet, other));
            }
            subnets.put(new Zone(zone), subnet);
        });
        if (subnets.isEmpty()) {
            at.missing("is missing; needs a subnet for at least one zone, such as us-east-1a: subnet-1");
        }
        return subnets;
    }

    private static Map<String, String> tags(List<ConfigKeys.Tag> tags, Place at) {
        Map<String, String> read = new HashMap<>();
        for (int i = 0; i < tags.size(); i++) {
            Place here = at.element(i);
            String key = tags.get(i).key();
            String value = tags.get(i).value();
            if (value == null) {
                here.below("value").missing("is missing; needs a text, which may be empty: \"\"");
            } else if (value.length() > LONGEST_VALUE) {
                here.below("value").refuse("is too long; needs at most %d characters".formatted(LONGEST_VALUE));
            }
            if (key == null) {
                here.below("key").missing("is missing; needs the tag's name");
                continue;
            }
            String lower = key.toLowerCase(Locale.ROOT);
            if (lower.startsWith("aws:") || lower.startsWith("mainstay:")) {
                here.below("key")
                        .refuse("%s is reserved; needs a key that begins with neither aws: nor mainstay:"
                                .formatted(Quoted.of(key)));
            } else if (key.isBlank() || key.length() > LONGEST_KEY) {
                here.below("key").refuse("is empty or too long; needs 1 to %d characters".formatted(LONGEST_KEY));
            } else if (read.put(key, value == null ? "" : value) != null) {
                here.below("key").refuse("%s is given twice; remove one".formatted(Quoted.of(key)));
            }
        }
        if (tags.size() > MOST_TAGS) {
            at.refuse("%d tags are too many; AWS permits 50, of which Mainstay needs 4".formatted(tags.size()));
        }
        return read;
    }
}
