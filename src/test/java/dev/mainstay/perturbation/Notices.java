package dev.mainstay.perturbation;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.planning.Pass;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.testing.Rehearsal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.model.DescribeSpotInstanceRequestsResponse;
import software.amazon.awssdk.services.ec2.model.SpotInstanceRequest;

/** Interruption notices, as the statuses of spot requests tell them, are missed, or are about nobody. */
final class Notices implements Interference {
    private static final String MARKED = "marked-for-termination";
    private static final String NO_CAPACITY = "instance-terminated-no-capacity";

    /** What is wrong with them. */
    enum Manner {
        /** None is ever given. */
        DROPPED,
        /** Each is given only when its node is dead. */
        AFTER_THE_FACT,
        /** Each is given in two ways, in turns. */
        BOTH,
        /** There is one more, for a request and a node that nobody knows. */
        UNKNOWN,
        /** Every node that is dead gets one. */
        DEAD;

        @Override
        public String toString() {
            return "notice:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Manner manner;
    private Rehearsal cluster;
    private int pass;

    Notices(Manner manner) {
        this.manner = manner;
    }

    @Override
    public void attach(Rehearsal playing) {
        cluster = playing;
    }

    @Override
    public void passed(Pass done) {
        pass++;
    }

    @Override
    @SuppressWarnings("unchecked") // an answer of the same type
    public <R> R carry(Call call, Supplier<R> there) {
        R truth = there.get();
        return truth instanceof DescribeSpotInstanceRequestsResponse response ? (R) told(response) : truth;
    }

    private DescribeSpotInstanceRequestsResponse told(DescribeSpotInstanceRequestsResponse truth) {
        List<SpotInstanceRequest> rows = new ArrayList<>();
        for (SpotInstanceRequest row : truth.spotInstanceRequests()) {
            rows.add(told(row));
        }
        if (manner == Manner.UNKNOWN) {
            rows.add(SpotInstanceRequest.builder()
                    .spotInstanceRequestId("sir-unknown1")
                    .instanceId("i-0123456789abcdef0")
                    .state("active")
                    .status(status ->
                            status.code(MARKED).updateTime(cluster.time().now().wall()))
                    .build());
        }
        return truth.toBuilder().spotInstanceRequests(rows).build();
    }

    private SpotInstanceRequest told(SpotInstanceRequest row) {
        boolean dead = machine(row).filter(Machine::alive).isEmpty();
        boolean announces =
                row.status().code().equals(MARKED) || row.status().code().equals(NO_CAPACITY);
        return switch (manner) {
            case DROPPED -> announces ? with(row, "fulfilled") : row;
            case AFTER_THE_FACT -> announces && !dead ? with(row, "fulfilled") : row;
            case BOTH -> announces ? with(row, pass % 2 == 0 ? MARKED : NO_CAPACITY) : row;
            case DEAD -> dead ? with(row, MARKED) : row;
            case UNKNOWN -> row;
        };
    }

    private Optional<Machine> machine(SpotInstanceRequest row) {
        return cluster.world().compute().machine(new NodeId(row.instanceId()));
    }

    private static SpotInstanceRequest with(SpotInstanceRequest row, String code) {
        return row.toBuilder()
                .state(code.equals("fulfilled") ? "active" : row.stateAsString())
                .status(row.status().toBuilder().code(code).build())
                .build();
    }
}
