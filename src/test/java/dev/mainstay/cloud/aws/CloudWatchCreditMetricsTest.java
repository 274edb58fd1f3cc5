package dev.mainstay.cloud.aws;

import static dev.mainstay.cloud.aws.AwsWire.xml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mainstay.cloud.CloudException;
import dev.mainstay.cloud.CreditMetrics;
import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.CreditSample;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@link CloudWatchCreditMetrics} sends, and what it makes of the answers. */
class CloudWatchCreditMetricsTest {
    private static final NodeId NODE = new NodeId("i-1");
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant SAMPLED = Instant.parse("2026-01-01T11:50:00Z");

    private static final Instant BEFORE = Instant.parse("2026-01-01T11:45:00Z");

    @RegisterExtension
    static final AwsWire WIRE = new AwsWire();

    @Test
    void asksForFourMetricsOfEachNodeInOneCall() {
        answerWith();

        metrics().read(Set.of(NODE, new NodeId("i-2")), NOW);

        AwsWire.Call call = WIRE.onlyCall("GetMetricData");
        String query = "MetricDataQueries.member.";
        assertThat(call.fields(query, ".MetricStat.Metric.MetricName"))
                .containsExactly(
                        "CPUCreditBalance",
                        "CPUCreditUsage",
                        "CPUUtilization",
                        "CPUSurplusCreditBalance",
                        "CPUCreditBalance",
                        "CPUCreditUsage",
                        "CPUUtilization",
                        "CPUSurplusCreditBalance");
        assertThat(call.fields(query, ".MetricStat.Stat")).startsWith("Average", "Sum", "Average", "Average");
        assertThat(call.fields(query, ".MetricStat.Period")).containsOnly("300");
        assertThat(call.fields(query, ".Id")).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z][a-z0-9]*"));
        assertThat(call.form())
                .containsEntry(query + "5.MetricStat.Metric.Namespace", "AWS/EC2")
                .containsEntry(query + "5.MetricStat.Metric.Dimensions.member.1.Name", "InstanceId")
                .containsEntry(query + "5.MetricStat.Metric.Dimensions.member.1.Value", "i-2")
                .containsEntry("StartTime", "2026-01-01T10:45:00Z")
                .containsEntry("EndTime", "2026-01-01T12:00:00Z");
    }

    @Test
    void asksForNoMoreThanACallTakes() {
        answerWith();

        metrics()
                .read(
                        IntStream.range(0, 126)
                                .mapToObj(i -> new NodeId("i-" + i))
                                .collect(Collectors.toSet()),
                        NOW);

        assertThat(WIRE.calls("GetMetricData"))
                .extracting(
                        call -> call.fields("MetricDataQueries.member.", ".Id").size())
                .containsExactly(500, 4);
    }

    @Test
    void asksNothingAboutNobody() {
        assertThat(metrics().read(Set.of(), NOW)).isEmpty();
        assertThat(WIRE.calls("GetMetricData")).isEmpty();
    }

    @Test
    void takesTheNewestSampleOfEachMetricAndTheSeries() {
        answerWith(
                AwsXml.metric("balance0", "Complete", "2026-01-01T11:45:00Z=12.5", "2026-01-01T11:50:00Z=11.5"),
                AwsXml.metric("usage0", "Complete", "2026-01-01T11:50:00Z=5.0", "2026-01-01T11:45:00Z=4.0"),
                AwsXml.metric("cpu0", "Complete", "2026-01-01T11:50:00Z=99.5"),
                AwsXml.metric("surplus0", "Complete", "2026-01-01T11:45:00Z=0.0"));

        assertThat(metrics().read(Set.of(NODE), NOW))
                .isEqualTo(Map.of(
                        NODE,
                        new CreditReading(
                                SAMPLED,
                                11.5,
                                5.0,
                                99.5,
                                0.0,
                                List.of(
                                        new CreditSample(BEFORE, 12.5, 4.0, null, 0.0),
                                        new CreditSample(SAMPLED, 11.5, 5.0, 99.5, null)))));
    }

    @Test
    void whatHasNoSampleIsUnknownAndNotZero() {
        answerWith(
                AwsXml.metric("balance0", "Complete"),
                AwsXml.metric("usage0", "InternalError"),
                AwsXml.metric("cpu0", "Complete", "2026-01-01T11:50:00Z=10.0"),
                AwsXml.metric("surplus0", "Complete", "2026-01-01T11:50:00Z=NaN"));

        assertThat(metrics().read(Set.of(NODE), NOW))
                .isEqualTo(Map.of(NODE, new CreditReading(SAMPLED, null, null, 10.0, null)));
    }

    @Test
    void keepsTheLastHourAndNoMore() {
        answerWith(AwsXml.metric(
                "cpu0",
                "Complete",
                IntStream.range(0, 15)
                        .mapToObj(i -> "%s=%d.0".formatted(SAMPLED.minusSeconds(300L * i), i))
                        .toArray(String[]::new)));

        List<CreditSample> recent = read().recent();

        assertThat(recent)
                .hasSize(12)
                .extracting(CreditSample::cpuPercent)
                .startsWith(11.0)
                .endsWith(0.0);
    }

    @Test
    void aDatapointOfWhichNothingCameForLongIsUnknown() {
        answerWith(
                AwsXml.metric("balance0", "Complete", "2026-01-01T11:35:00Z=50.0"),
                AwsXml.metric("cpu0", "Complete", "2026-01-01T11:50:00Z=10.0"));

        assertThat(read().balance()).isNull();
        assertThat(read().cpuPercent()).isEqualTo(10);

        answerWith(AwsXml.metric("balance0", "Complete", "2026-01-01T11:35:00Z=50.0"));
        assertThat(metrics().read(Set.of(NODE), NOW)).isEmpty();
    }

    @Test
    void aNodeWithoutAnySampleIsLeftOut() {
        answerWith(AwsXml.metric("balance0", "Complete"), AwsXml.metric("cpu0", "Complete"));

        assertThat(metrics().read(Set.of(NODE), NOW)).isEmpty();
    }

    @Test
    void putsAResultTogetherThatIsSpreadOverPages() {
        WIRE.on("GetMetricData", call -> switch (call.field("NextToken")) {
            case "" ->
                xml(AwsXml.metricData(
                        List.of(AwsXml.metric("balance0", "PartialData", "2026-01-01T11:45:00Z=7.0")), "second"));
            case "second" -> xml(AwsXml.metricData(List.of(), "third"));
            default ->
                xml(AwsXml.metricData(List.of(AwsXml.metric("balance0", "Complete", "2026-01-01T11:50:00Z=6.0")), ""));
        });

        assertThat(metrics().read(Set.of(NODE), NOW))
                .isEqualTo(Map.of(
                        NODE,
                        new CreditReading(
                                SAMPLED,
                                6.0,
                                null,
                                null,
                                null,
                                List.of(
                                        new CreditSample(BEFORE, 7.0, null, null, null),
                                        new CreditSample(SAMPLED, 6.0, null, null, null)))));
    }

    @Test
    void metricsThatMayNotBeReadAreAFailureAndNotAnUnknown() {
        answerWith(AwsXml.metric("balance0", "Forbidden"));

        assertThatExceptionOfType(CloudException.class)
                .isThrownBy(() -> metrics().read(Set.of(NODE), NOW))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.DENIED));
    }

    private static CreditReading read() {
        return Objects.requireNonNull(metrics().read(Set.of(NODE), NOW).get(NODE));
    }

    private static CreditMetrics metrics() {
        return WIRE.cloud(Specs.blog()).creditMetrics();
    }

    private static void answerWith(String... results) {
        WIRE.on("GetMetricData", xml(AwsXml.metricData(List.of(results), "")));
    }
}
