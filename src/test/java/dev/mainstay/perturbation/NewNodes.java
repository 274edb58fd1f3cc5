package dev.mainstay.perturbation;

import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.testing.Rehearsal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Instance;

/** New nodes that are not to be seen yet. */
final class NewNodes implements Interference {
    private final NewNode hidden;
    private final Duration settled;
    private Rehearsal cluster;
    private Instant since;

    /** @param settled from when on */
    NewNodes(NewNode hidden, Duration settled) {
        this.hidden = hidden;
        this.settled = settled;
    }

    @Override
    public void attach(Rehearsal playing) {
        cluster = playing;
        since = playing.time().start().plus(settled);
    }

    @Override
    @SuppressWarnings("unchecked") // an answer of the same type
    public <R> R carry(Call call, Supplier<R> there) {
        R truth = there.get();
        if (!(truth instanceof DescribeInstancesResponse response)
                || !(call.request() instanceof DescribeInstancesRequest request)) {
            return truth;
        }
        boolean byTag =
                request.filters().stream().anyMatch(filter -> filter.name().startsWith("tag:"));
        return (R) (hidden.untaggedOnly() && !byTag ? untagged(response) : without(response));
    }

    private DescribeInstancesResponse without(DescribeInstancesResponse truth) {
        return change(
                truth,
                instances ->
                        instances.stream().filter(instance -> !isNew(instance)).toList());
    }

    private DescribeInstancesResponse untagged(DescribeInstancesResponse truth) {
        return change(
                truth,
                instances -> instances.stream()
                        .map(instance -> isNew(instance)
                                ? instance.toBuilder().tags(List.of()).build()
                                : instance)
                        .toList());
    }

    private static DescribeInstancesResponse change(
            DescribeInstancesResponse truth, UnaryOperator<List<Instance>> change) {
        return truth.toBuilder()
                .reservations(truth.reservations().stream()
                        .map(reservation -> reservation.toBuilder()
                                .instances(change.apply(reservation.instances()))
                                .build())
                        .toList())
                .build();
    }

    private boolean isNew(Instance instance) {
        Instant now = cluster.time().now().wall();
        return !instance.launchTime().isBefore(since)
                && instance.launchTime().plus(hidden.age()).isAfter(now);
    }
}
