package dev.mainstay.catalog;

import dev.mainstay.cluster.InstanceType;

/**
 * What is fixed about an instance type.
 *
 * @param memoryGib main memory, in GiB
 */
public record TypeFacts(InstanceType type, int vcpus, double memoryGib, Architecture architecture) {
    public TypeFacts {
        if (vcpus < 1 || !(memoryGib > 0)) {
            throw new IllegalArgumentException("%s cannot have %d vCPUs and %s GiB".formatted(type, vcpus, memoryGib));
        }
    }
}
