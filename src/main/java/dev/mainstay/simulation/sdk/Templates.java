package dev.mainstay.simulation.sdk;

import dev.mainstay.simulation.Refusal;
import dev.mainstay.simulation.WorldSpec;
import java.time.Instant;
import java.util.function.ToLongFunction;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;

/** The one launch template of this world; its newest version is its default. */
final class Templates {
    private Templates() {}

    static DescribeLaunchTemplateVersionsResponse describe(
            DescribeLaunchTemplateVersionsRequest request,
            WorldSpec.Template template,
            ToLongFunction<String> number,
            Instant createdAt) {
        boolean known = request.launchTemplateId() == null
                ? template.name().equals(request.launchTemplateName())
                : template.id().equals(request.launchTemplateId());
        if (!known) {
            throw new Refusal("InvalidLaunchTemplateId.NotFound", 400, "there is no such launch template");
        }
        ResponseLaunchTemplateData.Builder data = ResponseLaunchTemplateData.builder()
                .instanceType(template.type().name());
        if (template.withInterface()) {
            data.networkInterfaces(LaunchTemplateInstanceNetworkInterfaceSpecification.builder()
                    .deviceIndex(0)
                    .build());
        }
        return DescribeLaunchTemplateVersionsResponse.builder()
                .launchTemplateVersions(LaunchTemplateVersion.builder()
                        .launchTemplateId(template.id())
                        .launchTemplateName(template.name())
                        .versionNumber(number.applyAsLong(request.versions().getFirst()))
                        .defaultVersion(true)
                        .createTime(createdAt)
                        .launchTemplateData(data.build())
                        .build())
                .build();
    }
}
