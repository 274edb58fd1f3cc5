package dev.mainstay.simulation.sdk;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.simulation.LaunchOrder;
import dev.mainstay.simulation.Refusal;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.ec2.model.MarketType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.SpotInstanceType;
import software.amazon.awssdk.services.ec2.model.SpotMarketOptions;

/** Reads a RunInstances request as the world's order, and refuses what this world could not honour. */
final class Orders {
    private Orders() {}

    static LaunchOrder of(RunInstancesRequest request) {
        LaunchTemplateSpecification template = request.launchTemplate();
        if (template == null) {
            throw missing("LaunchTemplate");
        }
        Market market = market(request);
        return new LaunchOrder(
                request.clientToken(),
                template.launchTemplateId() == null ? template.launchTemplateName() : template.launchTemplateId(),
                template.version() == null ? "$Default" : template.version(),
                request.instanceTypeAsString() == null ? null : new InstanceType(request.instanceTypeAsString()),
                subnet(request),
                market,
                market == Market.SPOT ? maxPrice(request) : null,
                creditMode(request),
                request.minCount(),
                request.maxCount(),
                tags(request, ResourceType.INSTANCE),
                tags(request, ResourceType.SPOT_INSTANCES_REQUEST));
    }

    private static Market market(RunInstancesRequest request) {
        var options = request.instanceMarketOptions();
        if (options == null || options.marketType() != MarketType.SPOT) {
            return Market.ON_DEMAND;
        }
        SpotMarketOptions spot = options.spotOptions();
        if (spot != null && spot.spotInstanceType() == SpotInstanceType.PERSISTENT) {
            throw new Refusal("InvalidParameterValue", 400, "persistent spot requests are not known here");
        }
        return Market.SPOT;
    }

    private static @Nullable Double maxPrice(RunInstancesRequest request) {
        SpotMarketOptions spot = request.instanceMarketOptions().spotOptions();
        return spot == null || spot.maxPrice() == null ? null : Double.valueOf(spot.maxPrice());
    }

    private static @Nullable CreditMode creditMode(RunInstancesRequest request) {
        var credits = request.creditSpecification();
        return credits == null || credits.cpuCredits() == null ? null : CreditSpecifications.mode(credits.cpuCredits());
    }

    private static String subnet(RunInstancesRequest request) {
        boolean inInterface = !request.networkInterfaces().isEmpty();
        if (inInterface && request.subnetId() != null) {
            throw new Refusal(
                    "InvalidParameterCombination", 400, "a subnet beside network interfaces: it goes into the first");
        }
        String subnet = inInterface ? request.networkInterfaces().getFirst().subnetId() : request.subnetId();
        if (subnet == null) {
            throw missing("SubnetId");
        }
        return subnet;
    }

    private static SortedMap<String, String> tags(RunInstancesRequest request, ResourceType type) {
        SortedMap<String, String> tags = new TreeMap<>();
        request.tagSpecifications().stream()
                .filter(specification -> specification.resourceType() == type)
                .flatMap(specification -> specification.tags().stream())
                .forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    private static Refusal missing(String parameter) {
        return new Refusal("MissingParameter", 400, "this world needs %s in a launch".formatted(parameter));
    }
}
