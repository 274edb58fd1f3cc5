package dev.mainstay.config;

import dev.mainstay.catalog.Architecture;
import dev.mainstay.catalog.Catalog;
import dev.mainstay.cluster.ClusterSpec.Credits;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.config.Findings.Place;
import dev.mainstay.credits.BurstableType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to do about CPU credits, and which types one template can run: what of a cluster's types does not fit together. */
final class CreditsReading {
    /** Longer than that nobody rests: see the rule. */
    private static final Duration LONGEST_REST = Duration.ofHours(2);

    private CreditsReading() {}

    static Credits credits(ConfigKeys.Cluster cluster, Place place) {
        ConfigKeys.Credits keys = cluster.credits();
        Place at = place.below("credits");
        double exhausted = keys.exhaustedBelow().value();
        double resume = keys.resumeAt().value();
        if (resume <= exhausted) {
            at.below("resume-at")
                    .refuse("%s is not above exhausted-below %s; a node that has recovered would be exhausted at once"
                            .formatted(Quoted.number(resume), Quoted.number(exhausted)));
        }
        InstanceType fallback = fallback(keys, at);
        oneArchitecture(cluster, keys, place);
        if (keys.remedy() == Remedy.REST) {
            warnOfLongRests(cluster, resume - exhausted, at);
        }
        return new Credits(
                keys.remedy(), exhausted, resume, keys.launchesPerDay().value(), fallback, keys.spotMode());
    }

    private static @Nullable InstanceType fallback(ConfigKeys.Credits keys, Place at) {
        if (keys.fallbackType() == null) {
            if (keys.remedy() == Remedy.PROMOTE) {
                at.below("fallback-type").missing("is missing; the remedy promote needs the type to promote to");
            }
            return null;
        }
        return Forms.type(at.below("fallback-type"), keys.fallbackType())
                ? new InstanceType(keys.fallbackType())
                : null;
    }

    /** One launch template has one image, and one image runs on one architecture. */
    private static void oneArchitecture(ConfigKeys.Cluster cluster, ConfigKeys.Credits keys, Place place) {
        List<Place> places = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<String> onDemand = cluster.capacity().onDemandTypes();
        for (int i = 0; i < onDemand.size(); i++) {
            places.add(place.below("capacity").below("on-demand-types").element(i));
            texts.add(onDemand.get(i));
        }
        List<String> spot = cluster.spot() == null ? List.of() : cluster.spot().types();
        for (int i = 0; i < spot.size(); i++) {
            places.add(place.below("spot").below("types").element(i));
            texts.add(spot.get(i));
        }
        if (keys.fallbackType() != null) {
            places.add(place.below("credits").below("fallback-type"));
            texts.add(keys.fallbackType());
        }
        String first = null;
        for (int i = 0; i < texts.size(); i++) {
            Optional<Architecture> architecture = architecture(texts.get(i));
            if (architecture.isEmpty()) {
                continue;
            }
            if (first == null) {
                first = texts.get(i);
            } else if (!architecture.equals(architecture(first))) {
                places.get(i)
                        .refuse("%s is %s and %s is %s; one launch template runs on one of them"
                                .formatted(
                                        Quoted.of(texts.get(i)),
                                        architecture.get().label(),
                                        Quoted.of(first),
                                        architecture(first)
                                                .map(Architecture::label)
                                                .orElse("")));
            }
        }
    }

    private static Optional<Architecture> architecture(String text) {
        return Forms.isType(text) ? Catalog.architecture(new InstanceType(text)) : Optional.empty();
    }

    private static void warnOfLongRests(ConfigKeys.Cluster cluster, double credits, Place at) {
        List<String> types = new ArrayList<>(cluster.capacity().onDemandTypes());
        if (cluster.spot() != null) {
            types.addAll(cluster.spot().types());
        }
        boolean none = !types.isEmpty()
                && types.stream()
                        .filter(Forms::isType)
                        .flatMap(text -> BurstableType.of(new InstanceType(text)).stream())
                        .noneMatch(type -> credits / type.creditsPerHour() <= LONGEST_REST.toHours());
        if (none) {
            at.below("remedy")
                    .warn("rest never helps here: none of the types earns %s credits in %d hours; lower resume-at"
                            .formatted(Quoted.number(credits), LONGEST_REST.toHours()));
        }
    }
}
