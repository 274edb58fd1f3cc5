package dev.mainstay.simulation.sdk;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Pool;
import dev.mainstay.simulation.LaunchOrder;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.Refusal;
import dev.mainstay.simulation.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.CreateFleetError;
import software.amazon.awssdk.services.ec2.model.CreateFleetInstance;
import software.amazon.awssdk.services.ec2.model.CreateFleetRequest;
import software.amazon.awssdk.services.ec2.model.CreateFleetResponse;
import software.amazon.awssdk.services.ec2.model.DefaultTargetCapacityType;
import software.amazon.awssdk.services.ec2.model.FleetLaunchTemplateConfigRequest;
import software.amazon.awssdk.services.ec2.model.FleetLaunchTemplateOverridesRequest;
import software.amazon.awssdk.services.ec2.model.FleetType;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycle;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateAndOverridesResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/**
 * Fleets of the type {@code instant}: what there is, pool after pool, spot from the cheapest on and on-demand by priority. A
 * fleet that launched nothing is answered like any other, with an error for each pool.
 */
final class Fleets {
    private final World world;
    private final Map<String, Fleet> known = new HashMap<>();

    private record Fleet(CreateFleetRequest request, CreateFleetResponse response) {}

    Fleets(World world) {
        this.world = world;
    }

    CreateFleetResponse create(CreateFleetRequest request) {
        Fleet earlier = request.clientToken() == null ? null : known.get(request.clientToken());
        if (earlier != null) {
            if (!earlier.request.equals(request)) {
                throw new Refusal(
                        "IdempotentParameterMismatch", 400, "this client token was used with other parameters");
            }
            return earlier.response;
        }
        if (request.type() != FleetType.INSTANT) {
            throw new Refusal("InvalidParameterValue", 400, "only instant fleets are known here");
        }
        CreateFleetResponse response = launch(request);
        if (request.clientToken() != null) {
            known.put(request.clientToken(), new Fleet(request, response));
        }
        return response;
    }

    private CreateFleetResponse launch(CreateFleetRequest request) {
        boolean spot =
                request.targetCapacitySpecification().defaultTargetCapacityType() == DefaultTargetCapacityType.SPOT;
        FleetLaunchTemplateConfigRequest config =
                request.launchTemplateConfigs().getFirst();
        List<CreateFleetInstance> launched = new ArrayList<>();
        List<CreateFleetError> errors = new ArrayList<>();
        int missing = request.targetCapacitySpecification().totalTargetCapacity();
        for (FleetLaunchTemplateOverridesRequest override : inOrder(config.overrides(), spot)) {
            if (missing == 0) {
                break;
            }
            try {
                List<Machine> born = world.compute().launch(order(request, config, override, spot, missing));
                missing -= born.size();
                launched.add(CreateFleetInstance.builder()
                        .instanceIds(born.stream()
                                .map(machine -> machine.id().value())
                                .toList())
                        .instanceType(override.instanceTypeAsString())
                        .lifecycle(spot ? InstanceLifecycle.SPOT : InstanceLifecycle.ON_DEMAND)
                        .launchTemplateAndOverrides(part(override))
                        .build());
            } catch (Refusal refusal) {
                errors.add(CreateFleetError.builder()
                        .errorCode(refusal.code())
                        .errorMessage(refusal.getMessage())
                        .lifecycle(spot ? InstanceLifecycle.SPOT : InstanceLifecycle.ON_DEMAND)
                        .launchTemplateAndOverrides(part(override))
                        .build());
            }
        }
        return CreateFleetResponse.builder()
                .fleetId("fleet-" + known.size())
                .instances(launched)
                .errors(errors)
                .build();
    }

    private List<FleetLaunchTemplateOverridesRequest> inOrder(
            List<FleetLaunchTemplateOverridesRequest> overrides, boolean spot) {
        Comparator<FleetLaunchTemplateOverridesRequest> order = spot
                ? Comparator.comparingDouble(this::price)
                : Comparator.comparingDouble(each -> each.priority() == null ? Double.MAX_VALUE : each.priority());
        return overrides.stream().sorted(order).toList();
    }

    private double price(FleetLaunchTemplateOverridesRequest override) {
        return world.spec().place().subnets().entrySet().stream()
                .filter(subnet -> subnet.getValue().equals(override.subnetId()))
                .mapToDouble(subnet -> world.pools()
                        .price(new Pool(new InstanceType(override.instanceTypeAsString()), subnet.getKey())))
                .findFirst()
                .orElse(Double.MAX_VALUE);
    }

    private static LaunchOrder order(
            CreateFleetRequest request,
            FleetLaunchTemplateConfigRequest config,
            FleetLaunchTemplateOverridesRequest override,
            boolean spot,
            int most) {
        var template = config.launchTemplateSpecification();
        return new LaunchOrder(
                null,
                template.launchTemplateId() == null ? template.launchTemplateName() : template.launchTemplateId(),
                template.version() == null ? "$Default" : template.version(),
                new InstanceType(override.instanceTypeAsString()),
                override.subnetId(),
                spot ? Market.SPOT : Market.ON_DEMAND,
                spot && override.maxPrice() != null ? Double.valueOf(override.maxPrice()) : null,
                null,
                1,
                most,
                tags(request),
                new TreeMap<>());
    }

    private static SortedMap<String, String> tags(CreateFleetRequest request) {
        return request.tagSpecifications().stream()
                .filter(specification -> specification.resourceType() == ResourceType.INSTANCE)
                .flatMap(specification -> specification.tags().stream())
                .collect(Collectors.toMap(tag -> tag.key(), tag -> tag.value(), (_, last) -> last, TreeMap::new));
    }

    private static LaunchTemplateAndOverridesResponse part(FleetLaunchTemplateOverridesRequest override) {
        return LaunchTemplateAndOverridesResponse.builder()
                .overrides(named ->
                        named.instanceType(override.instanceTypeAsString()).subnetId(override.subnetId()))
                .build();
    }
}
