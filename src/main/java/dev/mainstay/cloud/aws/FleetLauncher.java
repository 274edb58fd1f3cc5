package dev.mainstay.cloud.aws;

import dev.mainstay.cloud.CloudException;
import dev.mainstay.cloud.Launcher;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateFleetError;
import software.amazon.awssdk.services.ec2.model.CreateFleetInstance;
import software.amazon.awssdk.services.ec2.model.CreateFleetRequest;
import software.amazon.awssdk.services.ec2.model.CreateFleetResponse;
import software.amazon.awssdk.services.ec2.model.DefaultTargetCapacityType;
import software.amazon.awssdk.services.ec2.model.FleetLaunchTemplateConfigRequest;
import software.amazon.awssdk.services.ec2.model.FleetLaunchTemplateOverrides;
import software.amazon.awssdk.services.ec2.model.FleetLaunchTemplateOverridesRequest;
import software.amazon.awssdk.services.ec2.model.FleetLaunchTemplateSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.FleetOnDemandAllocationStrategy;
import software.amazon.awssdk.services.ec2.model.FleetType;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateAndOverridesResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SpotAllocationStrategy;
import software.amazon.awssdk.services.ec2.model.SpotInstanceInterruptionBehavior;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * {@link Launcher} on CreateFleet of the type {@code instant}: one call over several pools, among which EC2 chooses spot by
 * price and capacity, and on-demand in our order. The answer is a success even where nothing was launched, and then says
 * for each pool why. Credit modes are the launch template's: a fleet cannot state them. Thread-safe.
 */
final class FleetLauncher implements Launcher {
    static final String OPERATION = "CreateFleet";

    private final Supplier<Ec2Client> writes;
    private final LaunchTemplates templates;

    /** @param writes a client that does not repeat a call by itself: whether to ask again is decided above */
    FleetLauncher(Supplier<Ec2Client> writes, LaunchTemplates templates) {
        this.writes = writes;
        this.templates = templates;
    }

    @Override
    public Optional<InstanceType> templateType(String template, String version) {
        return templates.type(template, version);
    }

    @Override
    public Launched launch(Request request) {
        LaunchTemplates.Template _ = templates.neutral(OPERATION, request.template(), request.version());
        SequencedMap<Pool, String> places = places(request);
        CreateFleetRequest call = call(request, places);
        CreateFleetResponse answer =
                AwsCall.translate(OPERATION, () -> writes.get().createFleet(call));
        List<Instance> launched = new ArrayList<>();
        for (CreateFleetInstance row : answer.instances()) {
            Pool pool = pool(row.launchTemplateAndOverrides(), row.instanceTypeAsString(), places)
                    .orElse(request.pool());
            row.instanceIds().forEach(id -> launched.add(born(id, pool, request)));
        }
        if (launched.isEmpty()) {
            throw answer.errors().isEmpty()
                    ? AwsCall.incomplete(OPERATION, "an instance or an error")
                    : refusal(answer.errors());
        }
        List<Pool> refused = answer.errors().stream()
                .filter(error -> kind(error) == FailureKind.CAPACITY)
                .flatMap(error -> pool(error.launchTemplateAndOverrides(), null, places).stream())
                .distinct()
                .toList();
        return new Launched(launched, refused);
    }

    private static SequencedMap<Pool, String> places(Request request) {
        SequencedMap<Pool, String> places = new LinkedHashMap<>(request.choice());
        if (places.isEmpty()) {
            places.put(request.pool(), request.subnet());
        }
        return places;
    }

    private static CreateFleetRequest call(Request request, SequencedMap<Pool, String> places) {
        boolean spot = request.market() == Market.SPOT;
        CreateFleetRequest.Builder call = CreateFleetRequest.builder()
                .clientToken(request.token().value())
                .type(FleetType.INSTANT)
                .targetCapacitySpecification(target -> target.totalTargetCapacity(request.count())
                        .defaultTargetCapacityType(
                                spot ? DefaultTargetCapacityType.SPOT : DefaultTargetCapacityType.ON_DEMAND))
                .launchTemplateConfigs(FleetLaunchTemplateConfigRequest.builder()
                        .launchTemplateSpecification(template(request))
                        .overrides(overrides(request, places))
                        .build());
        if (spot) {
            call.spotOptions(options -> options.allocationStrategy(SpotAllocationStrategy.PRICE_CAPACITY_OPTIMIZED)
                    .instanceInterruptionBehavior(SpotInstanceInterruptionBehavior.TERMINATE));
        } else {
            call.onDemandOptions(options -> options.allocationStrategy(FleetOnDemandAllocationStrategy.PRIORITIZED));
        }
        if (!request.tags().isEmpty()) {
            call.tagSpecifications(List.of(ResourceType.INSTANCE, ResourceType.VOLUME).stream()
                    .map(type -> TagSpecification.builder()
                            .resourceType(type)
                            .tags(Ec2Rows.tags(request.tags()))
                            .build())
                    .toList());
        }
        return call.build();
    }

    private static FleetLaunchTemplateSpecificationRequest template(Request request) {
        FleetLaunchTemplateSpecificationRequest.Builder template =
                FleetLaunchTemplateSpecificationRequest.builder().version(request.version());
        return LaunchTemplates.isId(request.template())
                ? template.launchTemplateId(request.template()).build()
                : template.launchTemplateName(request.template()).build();
    }

    private static List<FleetLaunchTemplateOverridesRequest> overrides(
            Request request, SequencedMap<Pool, String> places) {
        List<FleetLaunchTemplateOverridesRequest> overrides = new ArrayList<>();
        places.forEach((pool, subnet) -> {
            FleetLaunchTemplateOverridesRequest.Builder override = FleetLaunchTemplateOverridesRequest.builder()
                    .instanceType(pool.type().name())
                    .subnetId(subnet);
            if (request.market() == Market.ON_DEMAND) {
                // The lowest number first. Source: EC2 API reference, FleetLaunchTemplateOverridesRequest.
                override.priority((double) overrides.size());
            } else if (request.maxPrice() != null) {
                override.maxPrice(BigDecimal.valueOf(request.maxPrice())
                        .stripTrailingZeros()
                        .toPlainString());
            }
            overrides.add(override.build());
        });
        return overrides;
    }

    /** The pool of a part of the answer; empty where it names none of those asked for. */
    private static Optional<Pool> pool(
            @Nullable LaunchTemplateAndOverridesResponse part, @Nullable String type, Map<Pool, String> places) {
        FleetLaunchTemplateOverrides named = part == null ? null : part.overrides();
        if (named == null) {
            return Optional.empty();
        }
        String known = type == null ? named.instanceTypeAsString() : type;
        return places.entrySet().stream()
                .filter(place -> place.getKey().type().name().equals(known))
                .filter(place -> place.getValue().equals(named.subnetId())
                        || place.getKey().zone().value().equals(named.availabilityZone()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** As EC2 will list it in a moment: the answer has not much more than its id. */
    private static Instance born(String id, Pool pool, Request request) {
        return new Instance(
                new NodeId(id),
                pool.type(),
                pool.zone(),
                request.market(),
                InstanceState.PENDING,
                null,
                request.at(),
                null,
                request.tags());
    }

    /** What a wholly refused fleet comes to: a want of room only where every pool wants room. */
    private static CloudException refusal(List<CreateFleetError> errors) {
        CreateFleetError telling = errors.stream()
                .filter(error -> kind(error) != FailureKind.CAPACITY && kind(error) != FailureKind.PRICE)
                .findFirst()
                .orElseGet(() -> errors.stream()
                        .filter(error -> kind(error) == FailureKind.CAPACITY)
                        .findFirst()
                        .orElse(errors.getFirst()));
        return AwsErrors.ofItem(
                OPERATION,
                "%d pools".formatted(errors.size()),
                kind(telling),
                telling.errorCode() == null ? "" : telling.errorCode(),
                telling.errorMessage());
    }

    /** The call was answered, so nothing is in doubt: where EC2 failed inside, another pool may do. */
    private static FailureKind kind(CreateFleetError error) {
        String code = error.errorCode() == null ? "" : error.errorCode();
        FailureKind kind = AwsErrorCodes.kindOf(OPERATION, code).orElse(FailureKind.PERMANENT);
        return kind == FailureKind.UNKNOWN_OUTCOME ? FailureKind.CAPACITY : kind;
    }
}
