package dev.mainstay.simulation.sdk;

import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Market;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.SpotRequest;
import dev.mainstay.simulation.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.EventCode;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.InstanceStatusEvent;
import software.amazon.awssdk.services.ec2.model.SummaryStatus;
import software.amazon.awssdk.services.ec2.model.Tag;

/** A machine as EC2's answers describe it. */
final class InstanceRows {
    static final String OWNER = "123456789012";
    private static final String IMAGE = "ami-0123456789abcdef0";

    private InstanceRows() {}

    static Instance instance(Machine machine, World world) {
        Instance.Builder row = Instance.builder()
                .instanceId(machine.id().value())
                .imageId(IMAGE)
                .instanceType(machine.type().name())
                .placement(place -> place.availabilityZone(machine.zone().value()))
                .subnetId(machine.subnet())
                .state(state(machine))
                .launchTime(world.at(machine.launchedAt()))
                .tags(tags(machine.tags()));
        SpotRequest request = machine.request();
        if (machine.market() == Market.SPOT) {
            row.instanceLifecycle(InstanceLifecycleType.SPOT);
        }
        if (request != null) {
            row.spotInstanceRequestId(request.id());
        }
        Machine.StateReason reason = machine.reason();
        if (reason != null) {
            row.stateReason(words -> words.code(reason.code()).message(reason.code() + ": " + reason.message()));
        }
        return row.build();
    }

    static InstanceStatus status(Machine machine, World world) {
        SummaryStatus verdict;
        if (!runs(machine)) {
            verdict = SummaryStatus.NOT_APPLICABLE;
        } else if (machine.impaired()) {
            verdict = SummaryStatus.IMPAIRED;
        } else {
            verdict = machine.checked() ? SummaryStatus.OK : SummaryStatus.INITIALIZING;
        }
        InstanceStatus.Builder row = InstanceStatus.builder()
                .instanceId(machine.id().value())
                .availabilityZone(machine.zone().value())
                .instanceState(state(machine))
                .instanceStatus(summary -> summary.status(verdict))
                .systemStatus(summary -> summary.status(verdict));
        Duration retired = machine.retiresAt();
        if (retired != null) {
            row.events(InstanceStatusEvent.builder()
                    .code(EventCode.INSTANCE_RETIREMENT)
                    .description("The instance is running on degraded hardware")
                    .notBefore(world.at(retired))
                    .build());
        }
        return row.build();
    }

    static boolean runs(Machine machine) {
        return machine.state() == InstanceState.RUNNING;
    }

    static software.amazon.awssdk.services.ec2.model.InstanceState state(Machine machine) {
        // EC2's own numbers for the states.
        int code = switch (machine.state()) {
            case PENDING -> 0;
            case RUNNING -> 16;
            case SHUTTING_DOWN -> 32;
            case TERMINATED -> 48;
            case STOPPING -> 64;
            case STOPPED -> 80;
        };
        return software.amazon.awssdk.services.ec2.model.InstanceState.builder()
                .name(machine.state().label())
                .code(code)
                .build();
    }

    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
