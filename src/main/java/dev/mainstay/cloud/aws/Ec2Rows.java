package dev.mainstay.cloud.aws;

import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Role;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.Zone;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * EC2's rows, in our words. A row without an id, a state or a launch time fails the whole answer: each of them decides
 * whether something is destroyed, and an answer that lacks one cannot be believed in the rest either. A missing zone or
 * type only steers where the next node goes, and gets a name that no pool has, so that one odd row does not blind us.
 */
final class Ec2Rows {
    static final Zone UNKNOWN_ZONE = new Zone("unknown");
    static final InstanceType UNKNOWN_TYPE = new InstanceType("unknown.unknown");

    private static final Map<String, InstanceState> STATES =
            Arrays.stream(InstanceState.values()).collect(Collectors.toMap(InstanceState::label, state -> state));

    private Ec2Rows() {}

    static Instance instance(String operation, software.amazon.awssdk.services.ec2.model.Instance row) {
        return instance(operation, row, UNKNOWN_TYPE, UNKNOWN_ZONE, Map.of());
    }

    /** With a type, a zone and tags to fall back on, where the answer leaves them out. */
    static Instance instance(
            String operation,
            software.amazon.awssdk.services.ec2.model.Instance row,
            InstanceType type,
            Zone zone,
            Map<String, String> knownTags) {
        String id = row.instanceId();
        if (id == null || id.isBlank()) {
            throw AwsCall.incomplete(operation, "the id of an instance");
        }
        Instant launched = row.launchTime();
        if (launched == null) {
            throw AwsCall.incomplete(operation, "the launch time of " + id);
        }
        Map<String, String> tags = new LinkedHashMap<>(knownTags);
        tags.putAll(tags(row));
        return new Instance(
                new NodeId(id),
                wellFormed(row.instanceTypeAsString()) ? new InstanceType(row.instanceTypeAsString()) : type,
                zone(row, zone),
                market(row, tags),
                state(operation, row),
                row.stateReason() == null ? null : row.stateReason().code(),
                launched,
                row.spotInstanceRequestId(),
                tags);
    }

    private static InstanceState state(String operation, software.amazon.awssdk.services.ec2.model.Instance row) {
        String name = row.state() == null ? null : row.state().nameAsString();
        InstanceState state = name == null ? null : STATES.get(name);
        if (state == null) {
            throw AwsCall.incomplete(operation, "a state that we know for %s (%s)".formatted(row.instanceId(), name));
        }
        return state;
    }

    private static Market market(software.amazon.awssdk.services.ec2.model.Instance row, Map<String, String> tags) {
        // Some AWS-compatible servers launch for spot and then do not say so; what we asked for stands in our tag.
        boolean spot = row.instanceLifecycle() == InstanceLifecycleType.SPOT
                || Role.SPOT.label().equals(tags.get(Tags.ROLE));
        return spot ? Market.SPOT : Market.ON_DEMAND;
    }

    private static Zone zone(software.amazon.awssdk.services.ec2.model.Instance row, Zone otherwise) {
        String zone = row.placement() == null ? null : row.placement().availabilityZone();
        return zone == null || zone.isBlank() ? otherwise : new Zone(zone);
    }

    /** In key order, so that the same request is the same bytes: a token is good for one set of parameters only. */
    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    private static Map<String, String> tags(software.amazon.awssdk.services.ec2.model.Instance row) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Tag tag : row.tags()) {
            if (tag.key() != null) {
                tags.put(tag.key(), tag.value() == null ? "" : tag.value());
            }
        }
        return tags;
    }

    private static boolean wellFormed(@Nullable String type) {
        int dot = type == null ? -1 : type.indexOf('.');
        return type != null && dot > 0 && dot < type.length() - 1;
    }
}
