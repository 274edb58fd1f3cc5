package dev.mainstay.cloud.aws;

import dev.mainstay.cloud.CloudException;
import dev.mainstay.cloud.CreditMetrics;
import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.CreditSample;
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
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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
    /** An hour of samples before the newest, which is some minutes late. */
    private static final Duration WINDOW = Duration.ofMinutes(75);

    /** As many as an hour has: with them a trend, and how sure it is, can be told. */
    private static final int SAMPLES = 12;

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

    private final Supplier<CloudWatchClient> cloudWatch;

    CloudWatchCreditMetrics(Supplier<CloudWatchClient> cloudWatch) {
        this.cloudWatch = cloudWatch;
    }

    @Override
    public Map<NodeId, CreditReading> read(Set<NodeId> ids, Instant now) {
        Map<NodeId, CreditReading> readings = new HashMap<>();
        List<NodeId> sorted = ids.stream().sorted().toList();
        for (List<NodeId> chunk : AwsCall.chunks(sorted, QUERIES_IN_A_CALL / Metric.values().length)) {
            Map<String, SortedMap<Instant, Double>> series = series(chunk, now);
            for (int node = 0; node < chunk.size(); node++) {
                CreditReading reading = reading(node, series, now);
                if (reading != null) {
                    readings.put(chunk.get(node), reading);
                }
            }
        }
        return readings;
    }

    /** The datapoints of each query, by the beginning of their period. */
    private Map<String, SortedMap<Instant, Double>> series(List<NodeId> nodes, Instant now) {
        GetMetricDataRequest request = GetMetricDataRequest.builder()
                .metricDataQueries(queries(nodes))
                .startTime(now.minus(WINDOW))
                .endTime(now)
                .scanBy(ScanBy.TIMESTAMP_DESCENDING)
                .build();
        Map<String, SortedMap<Instant, Double>> series = new HashMap<>();
        for (GetMetricDataResponse page :
                AwsCall.pages(OPERATION, () -> cloudWatch.get().getMetricDataPaginator(request))) {
            // One result may be spread over pages, each with a part of its samples.
            for (MetricDataResult result : page.metricDataResults()) {
                refuseForbidden(result);
                add(result, series.computeIfAbsent(result.id(), id -> new TreeMap<>()));
            }
        }
        return series;
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
                        .metricStat(stat -> stat.period((int) CreditSample.PERIOD.toSeconds())
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

    private static void add(MetricDataResult result, SortedMap<Instant, Double> series) {
        int samples = Math.min(result.timestamps().size(), result.values().size());
        for (int i = 0; i < samples; i++) {
            Instant at = result.timestamps().get(i);
            Double value = result.values().get(i);
            if (at != null && value != null && Double.isFinite(value)) {
                series.put(at, value);
            }
        }
    }

    private static @Nullable CreditReading reading(
            int node, Map<String, SortedMap<Instant, Double>> series, Instant now) {
        Map<Metric, SortedMap<Instant, Double>> own = new EnumMap<>(Metric.class);
        SortedSet<Instant> times = new TreeSet<>();
        for (Metric metric : Metric.values()) {
            SortedMap<Instant, Double> values = series.getOrDefault(queryId(node, metric), new TreeMap<>());
            own.put(metric, values);
            times.addAll(values.keySet());
        }
        if (times.isEmpty() || CreditReading.staleAt(times.getLast()).isBefore(now)) {
            return null;
        }
        List<CreditSample> recent = times.stream()
                .skip(Math.max(0, times.size() - SAMPLES))
                .map(at -> new CreditSample(
                        at,
                        value(own, Metric.BALANCE, at),
                        value(own, Metric.USAGE, at),
                        value(own, Metric.CPU, at),
                        value(own, Metric.SURPLUS, at)))
                .toList();
        return new CreditReading(
                times.getLast(),
                newest(own, Metric.BALANCE, now),
                newest(own, Metric.USAGE, now),
                newest(own, Metric.CPU, now),
                newest(own, Metric.SURPLUS, now),
                recent);
    }

    private static @Nullable Double value(Map<Metric, SortedMap<Instant, Double>> own, Metric metric, Instant at) {
        return own.getOrDefault(metric, new TreeMap<>()).get(at);
    }

    private static @Nullable Double newest(Map<Metric, SortedMap<Instant, Double>> own, Metric metric, Instant now) {
        SortedMap<Instant, Double> values = own.getOrDefault(metric, new TreeMap<>());
        return values.isEmpty() || CreditReading.staleAt(values.lastKey()).isBefore(now)
                ? null
                : values.get(values.lastKey());
    }

    private static void refuseForbidden(MetricDataResult result) {
        if (result.statusCode() == StatusCode.FORBIDDEN) {
            throw new CloudException(
                    FailureKind.DENIED, "%s failed: these credentials may not read the metrics".formatted(OPERATION));
        }
    }
}
