package dev.mainstay.simulation.sdk;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.simulation.Refusal;
import dev.mainstay.simulation.Sample;
import dev.mainstay.simulation.Workload;
import dev.mainstay.simulation.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** CloudWatch as the simulated world answers it: EC2's metrics of single instances, in periods of five minutes. */
final class SimulatedCloudWatch implements CloudWatchClient {
    private static final Calls.Service SERVICE = new Calls.Service("CloudWatch", _ -> CloudWatchException.builder());
    /** Queries in one call. Source: CloudWatch guide, "Service quotas". */
    private static final int MOST_QUERIES = 500;

    private final Calls calls;

    SimulatedCloudWatch(Calls calls) {
        this.calls = calls;
    }

    @Override
    public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
        return calls.make("GetMetricData", request, SERVICE, () -> {
            List<MetricDataQuery> queries = request.metricDataQueries();
            if (queries.size() > MOST_QUERIES) {
                throw invalid("%d queries in one call: %d are allowed".formatted(queries.size(), MOST_QUERIES));
            }
            Page<MetricDataQuery> page = Page.of(
                    queries,
                    null,
                    request.nextToken(),
                    calls.world().spec().api().pageSize());
            List<MetricDataResult> results = new ArrayList<>();
            for (MetricDataQuery query : page.rows()) {
                results.add(result(query, request));
            }
            return GetMetricDataResponse.builder()
                    .metricDataResults(results)
                    .nextToken(page.next())
                    .build();
        });
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    private MetricDataResult result(MetricDataQuery query, GetMetricDataRequest request) {
        Metric metric = metric(query);
        World world = calls.world();
        List<Instant> timestamps = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (Sample sample : world.published(instance(metric))) {
            Instant from = world.at(sample.from());
            Double value = value(sample, metric.metricName());
            if (value != null && !from.isBefore(request.startTime()) && from.isBefore(request.endTime())) {
                timestamps.add(from);
                values.add(value);
            }
        }
        boolean oldestFirst = request.scanBy() == ScanBy.TIMESTAMP_ASCENDING;
        return MetricDataResult.builder()
                .id(query.id())
                .label(metric.metricName())
                .timestamps(oldestFirst ? timestamps : timestamps.reversed())
                .values(oldestFirst ? values : values.reversed())
                .statusCode(StatusCode.COMPLETE)
                .build();
    }

    private static Metric metric(MetricDataQuery query) {
        var stat = query.metricStat();
        if (stat == null || stat.metric() == null) {
            throw invalid("the query '%s' names no metric: expressions are not known here".formatted(query.id()));
        }
        // One sample a period: its average, sum, least and most are the same.
        if (stat.period() != Workload.PERIOD.toSeconds()) {
            throw invalid("a period of %d seconds: only five minutes are known here".formatted(stat.period()));
        }
        return stat.metric();
    }

    private static NodeId instance(Metric metric) {
        return metric.dimensions().stream()
                .filter(dimension -> dimension.name().equals("InstanceId"))
                .map(dimension -> new NodeId(dimension.value()))
                .findFirst()
                .orElseThrow(() -> invalid("%s is known by instance only".formatted(metric.metricName())));
    }

    private static @Nullable Double value(Sample sample, String metric) {
        Sample.Credits credits = sample.credits();
        if (metric.equals("CPUUtilization")) {
            return sample.cpuPercent();
        }
        if (credits == null) {
            return null;
        }
        return switch (metric) {
            case "CPUCreditUsage" -> credits.usage();
            case "CPUCreditBalance" -> credits.balance();
            case "CPUSurplusCreditBalance" -> credits.surplus();
            case "CPUSurplusCreditsCharged" -> credits.charged();
            default -> null;
        };
    }

    private static Refusal invalid(String message) {
        return new Refusal("ValidationError", 400, message);
    }
}
