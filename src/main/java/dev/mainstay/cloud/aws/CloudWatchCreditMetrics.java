package dev.mainstay.cloud.aws;

import dev.mainstay.cloud.CloudException;
import dev.mainstay.cloud.CreditMetrics;
import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** {@link CreditMetrics} on GetMetricData. Thread-safe. */
final class CloudWatchCreditMetrics implements CreditMetrics {
    private static final String OPERATION = "GetMetricData";

    /** GetMetricData takes at most 500 queries in a call. Source: its API reference. */
    private static final int QUERIES_IN_A_CALL = 500;
    /** EC2 reports CPU credits every five minutes and no finer. Source: EC2 User Guide, burstable instances. */
    private static final Duration PERIOD = Duration.ofMinutes(5);
    /** Samples arrive some minutes late; older than this, they no longer say how a node is. */
    private static final Duration WINDOW = Duration.ofMinutes(20);

    /** What is asked of each node. Usage is an amount, so it is summed; the others are levels. */
    private enum Metric {
        BALANCE("CPUCreditBalance", "Average"),
        USAGE("CPUCreditUsage", "Sum"),
        CPU("CPUUtilization", "Average"),
        SURPLUS("CPUSurplusCreditBalance", "Average");

        private final String metricName;
        private final String statistic;

        Metric(String metricName, String statistic) {
            this.metricName = metricName;
            this.statistic = statistic;
        }
    }

    private record Sample(Instant at, double value) {}

    private final Supplier<CloudWatchClient> cloudWatch;

    CloudWatchCreditMetrics(Supplier<CloudWatchClient> cloudWatch) {
        this.cloudWatch = cloudWatch;
    }

    @Override
    public Map<NodeId, CreditReading> latest(Set<NodeId> ids, Instant now) {
        Map<NodeId, CreditReading> readings = new HashMap<>();
        List<NodeId> sorted = ids.stream().sorted().toList();
        for (List<NodeId> chunk : AwsCall.chunks(sorted, QUERIES_IN_A_CALL / Metric.values().length)) {
            Map<String, Sample> newest = newest(chunk, now);
            for (int node = 0; node < chunk.size(); node++) {
                CreditReading reading = reading(node, newest);
                if (reading != null) {
                    readings.put(chunk.get(node), reading);
                }
            }
        }
        return readings;
    }

    private Map<String, Sample> newest(List<NodeId> nodes, Instant now) {
        GetMetricDataRequest request = GetMetricDataRequest.builder()
                .metricDataQueries(queries(nodes))
                .startTime(now.minus(WINDOW))
                .endTime(now)
                .scanBy(ScanBy.TIMESTAMP_DESCENDING)
                .build();
        Map<String, Sample> newest = new HashMap<>();
        for (GetMetricDataResponse page :
                AwsCall.pages(OPERATION, () -> cloudWatch.get().getMetricDataPaginator(request))) {
            // One result may be spread over pages, each with a part of its samples.
            for (MetricDataResult result : page.metricDataResults()) {
                refuseForbidden(result);
                Sample sample = newest(result);
                if (sample != null) {
                    newest.merge(result.id(), sample, (one, other) -> one.at().isBefore(other.at()) ? other : one);
                }
            }
        }
        return newest;
    }

    private static List<MetricDataQuery> queries(List<NodeId> nodes) {
        List<MetricDataQuery> queries = new ArrayList<>();
        for (int node = 0; node < nodes.size(); node++) {
            Dimension instance = Dimension.builder()
                    .name("InstanceId")
                    .value(nodes.get(node).value())
                    .build();
            for (Metric asked : Metric.values()) {
                queries.add(MetricDataQuery.builder()
                        .id(queryId(node, asked))
                        .metricStat(stat -> stat.period((int) PERIOD.toSeconds())
                                .stat(asked.statistic)
                                .metric(metric -> metric.namespace("AWS/EC2")
                                        .metricName(asked.metricName)
                                        .dimensions(instance)))
                        .build());
            }
        }
        return queries;
    }

    private static String queryId(int node, Metric metric) {
        return metric.name().toLowerCase(Locale.ROOT) + node;
    }

    private static @Nullable Sample newest(MetricDataResult result) {
        Sample newest = null;
        int samples = Math.min(result.timestamps().size(), result.values().size());
        for (int i = 0; i < samples; i++) {
            Instant at = result.timestamps().get(i);
            Double value = result.values().get(i);
            if (at != null && value != null && Double.isFinite(value) && (newest == null || at.isAfter(newest.at()))) {
                newest = new Sample(at, value);
            }
        }
        return newest;
    }

    private static @Nullable CreditReading reading(int node, Map<String, Sample> newest) {
        Map<Metric, Sample> samples = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            Sample sample = newest.get(queryId(node, metric));
            if (sample != null) {
                samples.put(metric, sample);
            }
        }
        Instant at = samples.values().stream()
                .map(Sample::at)
                .max(Instant::compareTo)
                .orElse(null);
        return at == null
                ? null
                : new CreditReading(
                        at,
                        value(samples, Metric.BALANCE),
                        value(samples, Metric.USAGE),
                        value(samples, Metric.CPU),
                        value(samples, Metric.SURPLUS));
    }

    private static @Nullable Double value(Map<Metric, Sample> samples, Metric metric) {
        Sample sample = samples.get(metric);
        return sample == null ? null : sample.value();
    }

    private static void refuseForbidden(MetricDataResult result) {
        if (result.statusCode() == StatusCode.FORBIDDEN) {
            throw new CloudException(
                    FailureKind.DENIED, "%s failed: these credentials may not read the metrics".formatted(OPERATION));
        }
    }
}
