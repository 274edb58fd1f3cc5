package dev.mainstay.cloud.aws;

import dev.mainstay.cloud.CloudException;
import dev.mainstay.cloud.Instances;
import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceStatus;
import dev.mainstay.cluster.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceCreditSpecificationsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceCreditSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceCreditSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceCreditSpecificationResponse;

/** {@link Instances} on EC2. Thread-safe. Filters by tag and id only: AWS-compatible servers often know no others. */
final class Ec2Instances implements Instances {
    private static final String DESCRIBE = "DescribeInstances";
    private static final String DESCRIBE_STATUS = "DescribeInstanceStatus";
    private static final String DESCRIBE_CREDITS = "DescribeInstanceCreditSpecifications";
    private static final String MODIFY_CREDITS = "ModifyInstanceCreditSpecification";
    private static final String TERMINATE = "TerminateInstances";

    /** EC2 takes at most 200 values in a filter. Source: "Filtering" in the EC2 API reference. */
    private static final int VALUES_IN_A_FILTER = 200;
    /** DescribeInstanceStatus takes at most 100 ids. Source: its API reference. */
    private static final int IDS_IN_A_CALL = 100;

    private final Supplier<Ec2Client> reads;
    private final Supplier<Ec2Client> writes;
    private final int pageSize;
    private final Membership membership;

    /** @param pageSize what a page may hold, 5 to 1000; EC2 has larger buckets of calls for paged requests */
    Ec2Instances(Supplier<Ec2Client> reads, Supplier<Ec2Client> writes, int pageSize, Membership membership) {
        this.reads = reads;
        this.writes = writes;
        this.pageSize = pageSize;
        this.membership = membership;
    }

    @Override
    public List<Instance> of(ClusterName cluster) {
        return describe(filter("tag:" + membership.tag(), membership.values(cluster)));
    }

    @Override
    public List<Instance> byId(Set<NodeId> ids) {
        // By filter and not by id: a single unknown id would fail the call for all.
        List<Instance> found = new ArrayList<>();
        for (List<String> chunk : AwsCall.chunks(values(ids), VALUES_IN_A_FILTER)) {
            found.addAll(describe(filter("instance-id", chunk)));
        }
        return found;
    }

    @Override
    public Map<NodeId, InstanceStatus> statuses(Set<NodeId> ids) {
        Map<NodeId, InstanceStatus> statuses = new HashMap<>();
        for (var row : eachChunk(ids, this::statusRows)) {
            if (row.instanceId() != null) {
                statuses.put(new NodeId(row.instanceId()), Ec2Statuses.status(row));
            }
        }
        return statuses;
    }

    @Override
    public Map<NodeId, CreditMode> creditModes(Set<NodeId> ids) {
        Map<NodeId, CreditMode> modes = new HashMap<>();
        for (InstanceCreditSpecification row : eachChunk(ids, this::creditRows)) {
            for (CreditMode mode : CreditMode.values()) {
                if (row.instanceId() != null && mode.label().equals(row.cpuCredits())) {
                    modes.put(new NodeId(row.instanceId()), mode);
                }
            }
        }
        return modes;
    }

    @Override
    public void setCreditMode(NodeId id, CreditMode mode) {
        InstanceCreditSpecificationRequest wanted = InstanceCreditSpecificationRequest.builder()
                .instanceId(id.value())
                .cpuCredits(mode.label())
                .build();
        ModifyInstanceCreditSpecificationResponse answer = AwsCall.translate(
                MODIFY_CREDITS,
                () -> writes.get()
                        .modifyInstanceCreditSpecification(request -> request.instanceCreditSpecifications(wanted)));
        // The call succeeds even where the one change that was asked for did not.
        for (var refused : answer.unsuccessfulInstanceCreditSpecifications()) {
            var error = refused.error();
            throw AwsErrors.ofItem(
                    MODIFY_CREDITS,
                    id.value(),
                    error == null ? null : error.codeAsString(),
                    error == null ? null : error.message());
        }
    }

    @Override
    public void terminate(NodeId id) {
        AwsCall.translate(TERMINATE, () -> writes.get().terminateInstances(request -> request.instanceIds(id.value())));
    }

    private List<Instance> describe(Filter filter) {
        DescribeInstancesRequest request = DescribeInstancesRequest.builder()
                .filters(filter)
                .maxResults(pageSize)
                .build();
        // By id: a row that moves from one page to the next while we turn it is listed twice.
        Map<NodeId, Instance> found = new LinkedHashMap<>();
        for (DescribeInstancesResponse page :
                AwsCall.pages(DESCRIBE, () -> reads.get().describeInstancesPaginator(request))) {
            if (!page.hasReservations()) {
                // An empty list is in the answer; an answer without any list would pass for an empty cluster.
                throw AwsCall.incomplete(DESCRIBE, "a list of reservations");
            }
            page.reservations().stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .map(row -> membership.shown(Ec2Rows.instance(DESCRIBE, row)))
                    .forEach(instance -> found.put(instance.id(), instance));
        }
        return List.copyOf(found.values());
    }

    private List<software.amazon.awssdk.services.ec2.model.InstanceStatus> statusRows(List<String> ids) {
        return AwsCall.pages(
                        DESCRIBE_STATUS,
                        () -> reads.get().describeInstanceStatusPaginator(request -> request.instanceIds(ids)))
                .stream()
                .map(DescribeInstanceStatusResponse::instanceStatuses)
                .flatMap(List::stream)
                .toList();
    }

    private List<InstanceCreditSpecification> creditRows(List<String> ids) {
        return AwsCall.pages(
                        DESCRIBE_CREDITS,
                        () -> reads.get()
                                .describeInstanceCreditSpecificationsPaginator(request -> request.instanceIds(ids)))
                .stream()
                .map(DescribeInstanceCreditSpecificationsResponse::instanceCreditSpecifications)
                .flatMap(List::stream)
                .toList();
    }

    /** Reads by id, in chunks. An id that EC2 has forgotten since fails its chunk, which is then read once more without. */
    private static <R> List<R> eachChunk(Set<NodeId> ids, Function<List<String>, List<R>> read) {
        List<R> rows = new ArrayList<>();
        for (List<String> chunk : AwsCall.chunks(values(ids), IDS_IN_A_CALL)) {
            try {
                rows.addAll(read.apply(chunk));
            } catch (CloudException failure) {
                List<String> known = failure.kind() == FailureKind.NOT_FOUND
                        ? chunk.stream()
                                .filter(id -> !AwsErrors.names(failure, id))
                                .toList()
                        : chunk;
                if (known.size() == chunk.size()) {
                    throw failure;
                }
                if (!known.isEmpty()) {
                    rows.addAll(read.apply(known));
                }
            }
        }
        return rows;
    }

    private static Filter filter(String name, List<String> values) {
        return Filter.builder().name(name).values(values).build();
    }

    private static List<String> values(Collection<NodeId> ids) {
        return ids.stream().sorted().map(NodeId::value).toList();
    }
}
