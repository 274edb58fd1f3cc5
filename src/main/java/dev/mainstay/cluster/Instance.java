package dev.mainstay.cluster;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An EC2 instance as DescribeInstances tells it.
 *
 * @param stateReason EC2's own words on the last change of state, such as {@code Server.SpotInstanceTermination}
 * @param launchedAt EC2's launch time; a stop and start renews it
 * @param spotRequest the id of the spot request that it fills
 */
public record Instance(
        NodeId id,
        InstanceType type,
        Zone zone,
        Market market,
        InstanceState state,
        @Nullable String stateReason,
        Instant launchedAt,
        @Nullable String spotRequest,
        Map<String, String> tags) {

    public Instance {
        tags = Map.copyOf(tags);
    }

    public Pool pool() {
        return new Pool(type, zone);
    }

    public boolean ownedBy(ClusterName cluster) {
        return cluster.value().equals(tags.get(Tags.CLUSTER));
    }

    public Optional<IntentId> intent() {
        return tag(Tags.INTENT).map(IntentId::new);
    }

    public Optional<String> lineage() {
        return tag(Tags.LINEAGE);
    }

    /** Whether an operator forbids us now to terminate it. */
    public boolean isProtected(Instant now) {
        return protection().filter(until -> until.isAfter(now)).isPresent();
    }

    /**
     * Until when an operator forbids us to terminate it: {@link Instant#MAX} for a tag without an end, or with one that
     * cannot be read, since whoever wrote it meant to protect. Empty: not at all.
     */
    public Optional<Instant> protection() {
        return tag(Tags.PROTECTED).filter(value -> !value.equals("false")).map(Instance::end);
    }

    private static Instant end(String value) {
        try {
            String time = value.startsWith(Tags.UNTIL) ? value.substring(Tags.UNTIL.length()) : value;
            return OffsetDateTime.parse(time.strip()).toInstant();
        } catch (DateTimeParseException e) {
            return Instant.MAX;
        }
    }

    /** The role for which it was launched; an adopted node has the one that its market suggests. */
    public Role role() {
        if (market == Market.SPOT) {
            return Role.SPOT;
        }
        return Role.STAND_IN.label().equals(tags.get(Tags.ROLE)) ? Role.STAND_IN : Role.BASE;
    }

    public Instance withState(InstanceState changed) {
        return new Instance(id, type, zone, market, changed, stateReason, launchedAt, spotRequest, tags);
    }

    public Instance withTags(Map<String, String> changed) {
        return new Instance(id, type, zone, market, state, stateReason, launchedAt, spotRequest, changed);
    }

    /** The number of the launch template's version that made it; empty where EC2 does not say. */
    public Optional<String> templateVersion() {
        return tag(Tags.TEMPLATE_VERSION);
    }

    private Optional<String> tag(String key) {
        return Optional.ofNullable(tags.get(key)).filter(value -> !value.isBlank());
    }
}
