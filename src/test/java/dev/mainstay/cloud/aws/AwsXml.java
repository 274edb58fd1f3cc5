package dev.mainstay.cloud.aws;

import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.TargetHealth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The answers of EC2 (query, with sets of items) and of the query services (results, with members). */
public final class AwsXml {
    private AwsXml() {}

    public static String ec2Error(String code, String message) {
        return element(
                "Response",
                element("Errors", element("Error", element("Code", code) + element("Message", message)))
                        + element("RequestID", "request-1"));
    }

    public static String queryError(String code, String message) {
        return element(
                "ErrorResponse",
                element("Error", element("Type", "Sender") + element("Code", code) + element("Message", message))
                        + element("RequestId", "request-1"));
    }

    /** One page; an empty token: the last one. */
    public static String instances(List<String> rows, String nextToken) {
        String reservations = rows.stream()
                .map(row -> item(element("reservationId", "r-1") + element("instancesSet", row)))
                .collect(Collectors.joining());
        return ec2("DescribeInstances", element("reservationSet", reservations) + token("nextToken", nextToken));
    }

    public static String launched(List<String> rows) {
        return ec2("RunInstances", element("reservationId", "r-1") + element("instancesSet", String.join("", rows)));
    }

    public static String row(Instance instance) {
        String lifecycle = instance.market() == Market.SPOT ? element("instanceLifecycle", "spot") : "";
        String request = instance.spotRequest() == null ? "" : element("spotInstanceRequestId", instance.spotRequest());
        String reason = instance.stateReason() == null
                ? ""
                : element("stateReason", element("code", instance.stateReason()) + element("message", "…"));
        return item(element("instanceId", instance.id().value())
                + element(
                        "instanceState",
                        element("code", "16") + element("name", instance.state().label()))
                + element("instanceType", instance.type().name())
                + element("launchTime", instance.launchedAt().toString())
                + element(
                        "placement", element("availabilityZone", instance.zone().value()))
                + reason
                + lifecycle
                + request
                + tagSet(instance.tags()));
    }

    public static String tagSet(Map<String, String> tags) {
        return element(
                "tagSet",
                tags.entrySet().stream()
                        .map(tag -> item(element("key", tag.getKey()) + element("value", tag.getValue())))
                        .collect(Collectors.joining()));
    }

    public static String ec2(String action, String content) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + element(action + "Response", element("requestId", "request-1") + content);
    }

    public static String query(String action, String content) {
        return element(
                action + "Response",
                element(action + "Result", content) + element("ResponseMetadata", element("RequestId", "request-1")));
    }

    public static String targetHealth(List<String> members) {
        return query("DescribeTargetHealth", element("TargetHealthDescriptions", String.join("", members)));
    }

    public static String target(String id, int port, TargetHealth.State state, String reason) {
        return target(id, port, state.name().toLowerCase(Locale.ROOT).replace('_', '.'), reason);
    }

    public static String target(String id, int port, String state, String reason) {
        String why = reason.isEmpty() ? "" : element("Reason", reason);
        return element(
                "member",
                element("Target", element("Id", id) + element("Port", Integer.toString(port)))
                        + element("TargetHealth", element("State", state) + why));
    }

    public static String instanceHealth(List<String> members) {
        return query("DescribeInstanceHealth", element("InstanceStates", String.join("", members)));
    }

    public static String instanceState(String id, String state, String reason, String sentence) {
        return element(
                "member",
                element("InstanceId", id)
                        + element("State", state)
                        + element("ReasonCode", reason)
                        + element("Description", sentence));
    }

    /** @param draining what stands in it; empty: nothing is told */
    public static String classicAttributes(String draining) {
        return query(
                "DescribeLoadBalancerAttributes",
                element("LoadBalancerAttributes", draining.isEmpty() ? "" : element("ConnectionDraining", draining)));
    }

    public static String targetGroupAttributes(Map<String, String> attributes) {
        return query(
                "DescribeTargetGroupAttributes",
                element(
                        "Attributes",
                        attributes.entrySet().stream()
                                .map(entry -> element(
                                        "member", element("Key", entry.getKey()) + element("Value", entry.getValue())))
                                .collect(Collectors.joining())));
    }

    public static String metricData(List<String> members, String nextToken) {
        return query(
                "GetMetricData",
                element("MetricDataResults", String.join("", members)) + token("NextToken", nextToken));
    }

    /** A result with samples in the order given: {@code 2026-01-01T00:00:00Z=1.5}. */
    public static String metric(String id, String status, String... samples) {
        StringBuilder times = new StringBuilder();
        StringBuilder values = new StringBuilder();
        for (String sample : samples) {
            times.append(element("member", sample.substring(0, sample.indexOf('='))));
            values.append(element("member", sample.substring(sample.indexOf('=') + 1)));
        }
        return element(
                "member",
                element("Id", id)
                        + element("StatusCode", status)
                        + element("Timestamps", times.toString())
                        + element("Values", values.toString()));
    }

    public static String item(String content) {
        return element("item", content);
    }

    public static String element(String name, String content) {
        return "<" + name + ">" + content + "</" + name + ">";
    }

    public static String token(String name, String value) {
        return value.isEmpty() ? "" : element(name, value);
    }
}
