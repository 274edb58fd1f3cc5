package dev.mainstay.cloud.aws;

import dev.mainstay.cloud.CloudException;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.InstanceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;

/**
 * What launch templates say, as far as a launch must know it. A numbered version never changes and is read once;
 * {@code $Default} and {@code $Latest} move, and are read before each launch, which is seldom. Thread-safe.
 */
final class LaunchTemplates {
    private static final String OPERATION = "DescribeLaunchTemplateVersions";

    /**
     * A launch template's version.
     *
     * @param interfaces empty: the subnet is the launch's own
     * @param type the instance type that it names; empty if none
     * @param market the purchasing option that it asks for, such as {@code spot}; empty if none
     */
    record Template(
            List<LaunchTemplateInstanceNetworkInterfaceSpecification> interfaces,
            String market,
            Optional<InstanceType> type) {
        /** What is assumed of a template that cannot be read; if that is wrong, EC2 refuses the launch and says why. */
        static final Template PLAIN = new Template(List.of(), "", Optional.empty());

        Template {
            interfaces = List.copyOf(interfaces);
        }
    }

    private record Key(String template, String version) {}

    private final Supplier<Ec2Client> ec2;
    private final Map<Key, Template> numbered = new ConcurrentHashMap<>();

    LaunchTemplates(Supplier<Ec2Client> ec2) {
        this.ec2 = ec2;
    }

    static boolean isId(String template) {
        return template.startsWith("lt-");
    }

    /** Throws only where nothing that follows could succeed either; never {@code UNKNOWN_OUTCOME}: nothing was launched. */
    Template read(String template, String version) {
        Key key = new Key(template, version);
        Template known = numbered.get(key);
        if (known != null) {
            return known;
        }
        Template read;
        try {
            read = describe(template, version);
        } catch (CloudException failure) {
            return switch (failure.kind()) {
                case THROTTLE, UNREACHABLE -> throw failure;
                // Not offered here, not allowed, or not answered: the launch itself will tell.
                case CAPACITY, PRICE, QUOTA, NOT_FOUND, DENIED, PERMANENT, UNSUPPORTED, TOKEN_SPENT, UNKNOWN_OUTCOME ->
                    Template.PLAIN;
            };
        }
        if (!version.startsWith("$")) {
            numbered.put(key, read);
        }
        return read;
    }

    /** The same, of a template that leaves it to the launch on which market it buys; any other is refused. */
    Template neutral(String operation, String template, String version) {
        Template read = read(template, version);
        if (!read.market().isEmpty()) {
            throw new CloudException(
                    FailureKind.PERMANENT,
                    ("%s was not sent: launch template %s, version %s, asks for %s instances itself; take the market options"
                                    + " out of it, since each launch states its own")
                            .formatted(operation, template, version, read.market()));
        }
        return read;
    }

    /** The type that a version names; where that cannot be read, the failure is the caller's to tell. */
    Optional<InstanceType> type(String template, String version) {
        return describe(template, version).type();
    }

    private static Optional<InstanceType> type(@Nullable String name) {
        return name == null || !name.matches("[^.]+\\.[^.]+") ? Optional.empty() : Optional.of(new InstanceType(name));
    }

    private Template describe(String template, String version) {
        DescribeLaunchTemplateVersionsRequest.Builder request =
                DescribeLaunchTemplateVersionsRequest.builder().versions(version);
        if (isId(template)) {
            request.launchTemplateId(template);
        } else {
            request.launchTemplateName(template);
        }
        DescribeLaunchTemplateVersionsResponse answer =
                AwsCall.translate(OPERATION, () -> ec2.get().describeLaunchTemplateVersions(request.build()));
        if (!answer.hasLaunchTemplateVersions()
                || answer.launchTemplateVersions().isEmpty()) {
            // A version that does not exist is an error of its own: this says nothing, and is asked again soon.
            throw AwsCall.incomplete(OPERATION, "the version");
        }
        ResponseLaunchTemplateData data =
                answer.launchTemplateVersions().getFirst().launchTemplateData();
        if (data == null) {
            return Template.PLAIN;
        }
        var options = data.instanceMarketOptions();
        String market = options == null || options.marketTypeAsString() == null ? "" : options.marketTypeAsString();
        return new Template(data.networkInterfaces(), market, type(data.instanceTypeAsString()));
    }
}
