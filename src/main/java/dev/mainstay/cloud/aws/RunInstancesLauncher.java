package dev.mainstay.cloud.aws;

import dev.mainstay.cloud.Launcher;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceInterruptionBehavior;
import software.amazon.awssdk.services.ec2.model.InstanceMarketOptionsRequest;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.ec2.model.MarketType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.SpotInstanceType;
import software.amazon.awssdk.services.ec2.model.SpotMarketOptions;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** {@link Launcher} on RunInstances with a launch template. Thread-safe. */
final class RunInstancesLauncher implements Launcher {
    static final String OPERATION = "RunInstances";

    private final Supplier<Ec2Client> writes;
    private final LaunchTemplates templates;

    /** @param writes a client that does not repeat a call by itself: whether to ask again is decided above */
    RunInstancesLauncher(Supplier<Ec2Client> writes, LaunchTemplates templates) {
        this.writes = writes;
        this.templates = templates;
    }

    @Override
    public Optional<InstanceType> templateType(String template, String version) {
        return templates.type(template, version);
    }

    @Override
    public Launched launch(Request request) {
        LaunchTemplates.Template template = templates.neutral(OPERATION, request.template(), request.version());
        RunInstancesRequest call = call(request, template);
        RunInstancesResponse answer =
                AwsCall.translate(OPERATION, () -> writes.get().runInstances(call));
        if (answer.instances().isEmpty()) {
            throw AwsCall.incomplete(OPERATION, "an instance");
        }
        List<Instance> launched = answer.instances().stream()
                .map(row -> Ec2Rows.instance(
                        OPERATION, row, request.pool().type(), request.pool().zone(), request.tags()))
                .toList();
        // Asked for several, EC2 gives as many as there are: the others were refused.
        return new Launched(launched, launched.size() < request.count() ? List.of(request.pool()) : List.of());
    }

    private static RunInstancesRequest call(Request request, LaunchTemplates.Template template) {
        RunInstancesRequest.Builder call = RunInstancesRequest.builder()
                .clientToken(request.token().value())
                .launchTemplate(template(request))
                .instanceType(request.pool().type().name())
                .minCount(1)
                .maxCount(request.count())
                .tagSpecifications(tags(request));
        if (template.interfaces().isEmpty()) {
            call.subnetId(request.subnet());
        } else {
            // EC2 refuses a subnet beside network interfaces: there it belongs to the first of them.
            call.networkInterfaces(NetworkInterfaces.inSubnet(template.interfaces(), request.subnet()));
        }
        if (request.market() == Market.SPOT) {
            call.instanceMarketOptions(spot(request));
        }
        if (request.creditMode() != null) {
            String mode = request.creditMode().label();
            call.creditSpecification(credits -> credits.cpuCredits(mode));
        }
        return call.build();
    }

    private static LaunchTemplateSpecification template(Request request) {
        LaunchTemplateSpecification.Builder template =
                LaunchTemplateSpecification.builder().version(request.version());
        return LaunchTemplates.isId(request.template())
                ? template.launchTemplateId(request.template()).build()
                : template.launchTemplateName(request.template()).build();
    }

    /**
     * One-time, because a persistent request opens again after a loss, and then EC2 and we would both replace the node.
     */
    private static InstanceMarketOptionsRequest spot(Request request) {
        SpotMarketOptions.Builder options = SpotMarketOptions.builder()
                .spotInstanceType(SpotInstanceType.ONE_TIME)
                .instanceInterruptionBehavior(InstanceInterruptionBehavior.TERMINATE);
        if (request.maxPrice() != null) {
            options.maxPrice(
                    BigDecimal.valueOf(request.maxPrice()).stripTrailingZeros().toPlainString());
        }
        return InstanceMarketOptionsRequest.builder()
                .marketType(MarketType.SPOT)
                .spotOptions(options.build())
                .build();
    }

    private static List<TagSpecification> tags(Request request) {
        if (request.tags().isEmpty()) {
            return List.of();
        }
        List<Tag> tags = Ec2Rows.tags(request.tags());
        List<ResourceType> tagged = new ArrayList<>(List.of(ResourceType.INSTANCE, ResourceType.VOLUME));
        if (request.market() == Market.SPOT) {
            tagged.add(ResourceType.SPOT_INSTANCES_REQUEST);
        }
        return tagged.stream()
                .map(type ->
                        TagSpecification.builder().resourceType(type).tags(tags).build())
                .toList();
    }
}
