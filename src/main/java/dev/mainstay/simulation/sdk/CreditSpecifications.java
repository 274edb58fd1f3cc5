package dev.mainstay.simulation.sdk;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.credits.CreditAccount;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.Refusal;
import dev.mainstay.simulation.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceCreditSpecificationsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceCreditSpecificationsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceCreditSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceCreditSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceCreditSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceCreditSpecificationResponse;
import software.amazon.awssdk.services.ec2.model.SuccessfulInstanceCreditSpecificationItem;
import software.amazon.awssdk.services.ec2.model.UnsuccessfulInstanceCreditSpecificationItem;

/** Which burstable instances are in standard and which in unlimited mode. */
final class CreditSpecifications {
    private final World world;
    private final Seen seen;

    CreditSpecifications(World world, Seen seen) {
        this.world = world;
        this.seen = seen;
    }

    DescribeInstanceCreditSpecificationsResponse describe(DescribeInstanceCreditSpecificationsRequest request) {
        List<InstanceCreditSpecification> rows = new ArrayList<>();
        for (Machine machine : seen.machines(request.instanceIds(), request.filters())) {
            CreditAccount account = machine.credits();
            if (account != null) {
                rows.add(InstanceCreditSpecification.builder()
                        .instanceId(machine.id().value())
                        .cpuCredits(account.mode().label())
                        .build());
            }
        }
        Page<InstanceCreditSpecification> page = Page.of(
                rows,
                request.maxResults(),
                request.nextToken(),
                world.spec().api().pageSize());
        return DescribeInstanceCreditSpecificationsResponse.builder()
                .instanceCreditSpecifications(page.rows())
                .nextToken(page.next())
                .build();
    }

    /** Succeeds as a call even where single changes do not, as at EC2. */
    ModifyInstanceCreditSpecificationResponse modify(ModifyInstanceCreditSpecificationRequest request) {
        List<SuccessfulInstanceCreditSpecificationItem> done = new ArrayList<>();
        List<UnsuccessfulInstanceCreditSpecificationItem> refused = new ArrayList<>();
        for (InstanceCreditSpecificationRequest change : request.instanceCreditSpecifications()) {
            try {
                Machine machine = world.compute()
                        .machine(new NodeId(change.instanceId()))
                        .orElseThrow(() -> Seen.unknown(change.instanceId()));
                world.workload().setCreditMode(machine, mode(change.cpuCredits()));
                done.add(SuccessfulInstanceCreditSpecificationItem.builder()
                        .instanceId(change.instanceId())
                        .build());
            } catch (Refusal refusal) {
                refused.add(UnsuccessfulInstanceCreditSpecificationItem.builder()
                        .instanceId(change.instanceId())
                        .error(error -> error.code(refusal.code()).message(refusal.getMessage()))
                        .build());
            }
        }
        return ModifyInstanceCreditSpecificationResponse.builder()
                .successfulInstanceCreditSpecifications(done)
                .unsuccessfulInstanceCreditSpecifications(refused)
                .build();
    }

    static CreditMode mode(String label) {
        return Arrays.stream(CreditMode.values())
                .filter(mode -> mode.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        "InvalidParameterValue", 400, "'%s' is neither standard nor unlimited".formatted(label)));
    }
}
