package dev.mainstay.simulation.sdk;

import dev.mainstay.simulation.TokenBuckets.Bucket;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.ec2.model.CreateFleetRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSpotInstanceRequestsRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

/**
 * What each call takes from AWS's buckets of tokens. Sources: "Request throttling for the Amazon EC2 API"; CloudWatch guide,
 * "Service quotas". Elastic Load Balancing is not limited here: it publishes no figures.
 */
final class Tariff {
    private static final Map<String, Bucket> NAMED = Map.of(
            "RunInstances", new Bucket("RunInstances", 5, 2),
            "TerminateInstances", new Bucket("TerminateInstances", 100, 5),
            "GetMetricData", new Bucket("GetMetricData", 50, 50));
    private static final Bucket LAUNCHED = new Bucket("RunInstances: instances", 1_000, 2);
    private static final Bucket TERMINATED = new Bucket("TerminateInstances: instances", 1_000, 20);

    private final Map<String, Bucket> buckets = new HashMap<>(NAMED);

    Map<Bucket, Integer> of(Calls.Service service, String operation, SdkRequest request) {
        if (!service.equals(SimulatedEc2.SERVICE) && !buckets.containsKey(operation)) {
            return Map.of();
        }
        Map<Bucket, Integer> tokens = LinkedHashMap.newLinkedHashMap(2);
        tokens.put(requests(operation, request), 1);
        switch (request) {
            case RunInstancesRequest launch -> tokens.put(LAUNCHED, launch.maxCount());
            case CreateFleetRequest fleet ->
                tokens.put(LAUNCHED, fleet.targetCapacitySpecification().totalTargetCapacity());
            case TerminateInstancesRequest end ->
                tokens.put(TERMINATED, end.instanceIds().size());
            default -> {
                // No other call is counted by what it is about.
            }
        }
        return tokens;
    }

    private Bucket requests(String operation, SdkRequest request) {
        if (sweeping(request)) {
            return buckets.computeIfAbsent(operation + ", unfiltered", name -> new Bucket(name, 50, 10));
        }
        boolean reads = operation.startsWith("Describe") || operation.startsWith("Get");
        return buckets.computeIfAbsent(operation, name -> reads ? new Bucket(name, 100, 20) : new Bucket(name, 50, 5));
    }

    /** Neither filtered nor paged: AWS allows fewer of those. */
    private static boolean sweeping(SdkRequest request) {
        return switch (request) {
            case DescribeInstancesRequest all ->
                all.filters().isEmpty() && all.instanceIds().isEmpty() && all.maxResults() == null;
            case DescribeInstanceStatusRequest all ->
                all.filters().isEmpty() && all.instanceIds().isEmpty() && all.maxResults() == null;
            case DescribeSpotInstanceRequestsRequest all ->
                all.filters().isEmpty() && all.spotInstanceRequestIds().isEmpty() && all.maxResults() == null;
            default -> false;
        };
    }
}
