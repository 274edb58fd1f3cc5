package dev.mainstay.simulation.sdk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Reservation;

/** Answers that succeed and do not tell all. */
final class Mutilated {
    private static final String NEXT_PAGE = "NextToken";

    private Mutilated() {}

    /** Every list is there, and empty. */
    static <R extends SdkResponse> R empty(R whole) {
        return lastPage(lists(whole, rows -> List.of()));
    }

    /** Of every list, every other row; of the instances of one launch likewise. */
    static <R extends SdkResponse> R half(R whole) {
        return whole instanceof DescribeInstancesResponse instances
                ? cast(whole, halfOfInstances(instances))
                : lists(whole, Mutilated::everyOther);
    }

    /** As it is, and nothing behind it. */
    static <R extends SdkResponse> R lastPage(R page) {
        return changed(page, (field, value) -> field.memberName().equals(NEXT_PAGE) ? null : value);
    }

    private static DescribeInstancesResponse halfOfInstances(DescribeInstancesResponse whole) {
        int seen = 0;
        List<Reservation> kept = new ArrayList<>();
        for (Reservation reservation : whole.reservations()) {
            var instances = new ArrayList<software.amazon.awssdk.services.ec2.model.Instance>();
            for (var instance : reservation.instances()) {
                if (seen++ % 2 == 0) {
                    instances.add(instance);
                }
            }
            if (!instances.isEmpty()) {
                kept.add(reservation.toBuilder().instances(instances).build());
            }
        }
        return whole.toBuilder().reservations(kept).build();
    }

    private static <R extends SdkResponse> R lists(R whole, UnaryOperator<List<?>> change) {
        return changed(whole, (field, value) -> value instanceof List<?> rows ? change.apply(rows) : value);
    }

    private static List<?> everyOther(List<?> rows) {
        List<Object> kept = new ArrayList<>();
        for (int i = 0; i < rows.size(); i += 2) {
            kept.add(rows.get(i));
        }
        return kept;
    }

    private static <R extends SdkResponse> R changed(R whole, Change change) {
        SdkResponse.Builder builder = whole.toBuilder();
        for (SdkField<?> field : ((SdkPojo) builder).sdkFields()) {
            Object value = field.getValueOrDefault(whole);
            if (value != null) {
                field.set(builder, change.of(field, value));
            }
        }
        return cast(whole, builder.build());
    }

    @SuppressWarnings("unchecked")
    private static <R> R cast(R like, Object changed) {
        return (R) like.getClass().cast(changed);
    }

    private interface Change {
        @org.jspecify.annotations.Nullable
        Object of(SdkField<?> field, Object value);
    }
}
