package dev.mainstay.cloud.aws;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceNetworkInterfaceSpecification;

/**
 * A launch template's network interfaces, restated for a launch that puts the first of them into a subnet. What a launch
 * says of interfaces takes the place of what the template says, so all that the template says is said again.
 */
final class NetworkInterfaces {
    private NetworkInterfaces() {}

    static List<InstanceNetworkInterfaceSpecification> inSubnet(
            List<LaunchTemplateInstanceNetworkInterfaceSpecification> template, String subnet) {
        int first = first(template);
        List<InstanceNetworkInterfaceSpecification> interfaces = new ArrayList<>();
        for (int i = 0; i < template.size(); i++) {
            interfaces.add(restated(
                    template.get(i), i == first ? subnet : template.get(i).subnetId()));
        }
        return interfaces;
    }

    /** The one with the lowest device index: the primary interface, wherever it stands in the list. */
    private static int first(List<LaunchTemplateInstanceNetworkInterfaceSpecification> template) {
        int first = 0;
        for (int i = 1; i < template.size(); i++) {
            if (device(template.get(i)) < device(template.get(first))) {
                first = i;
            }
        }
        return first;
    }

    private static int device(LaunchTemplateInstanceNetworkInterfaceSpecification one) {
        return one.deviceIndex() == null ? Integer.MAX_VALUE : one.deviceIndex();
    }

    private static InstanceNetworkInterfaceSpecification restated(
            LaunchTemplateInstanceNetworkInterfaceSpecification one, String subnet) {
        InstanceNetworkInterfaceSpecification.Builder restated = InstanceNetworkInterfaceSpecification.builder()
                .subnetId(subnet)
                .deviceIndex(one.deviceIndex())
                .networkCardIndex(one.networkCardIndex())
                .networkInterfaceId(one.networkInterfaceId())
                .interfaceType(one.interfaceType())
                .description(one.description())
                .associatePublicIpAddress(one.associatePublicIpAddress())
                .associateCarrierIpAddress(one.associateCarrierIpAddress())
                .deleteOnTermination(one.deleteOnTermination())
                .privateIpAddress(one.privateIpAddress())
                .secondaryPrivateIpAddressCount(one.secondaryPrivateIpAddressCount())
                .ipv4PrefixCount(one.ipv4PrefixCount())
                .ipv6AddressCount(one.ipv6AddressCount())
                .ipv6PrefixCount(one.ipv6PrefixCount())
                .primaryIpv6(one.primaryIpv6());
        // Set only where the template has them: an empty list of groups is not the same as none stated.
        if (one.hasGroups()) {
            restated.groups(one.groups());
        }
        if (one.hasPrivateIpAddresses()) {
            restated.privateIpAddresses(one.privateIpAddresses());
        }
        if (one.hasIpv6Addresses()) {
            restated.ipv6Addresses(one.ipv6Addresses());
        }
        return restated.build();
    }
}
