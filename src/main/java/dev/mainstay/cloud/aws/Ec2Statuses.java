package dev.mainstay.cloud.aws;

import dev.mainstay.cluster.InstanceStatus;
import dev.mainstay.cluster.ScheduledEvent;
import dev.mainstay.cluster.StatusCheck;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InstanceStatusEvent;
import software.amazon.awssdk.services.ec2.model.InstanceStatusSummary;
import software.amazon.awssdk.services.ec2.model.SummaryStatus;

/** The rows of DescribeInstanceStatus, in our words. */
final class Ec2Statuses {
    private static final Map<String, ScheduledEvent.Kind> KINDS = Arrays.stream(ScheduledEvent.Kind.values())
            .collect(Collectors.toMap(ScheduledEvent.Kind::label, kind -> kind));

    private Ec2Statuses() {}

    static InstanceStatus status(software.amazon.awssdk.services.ec2.model.InstanceStatus row) {
        return new InstanceStatus(
                verdict(row), row.events().stream().map(Ec2Statuses::event).toList());
    }

    private static StatusCheck verdict(software.amazon.awssdk.services.ec2.model.InstanceStatus row) {
        SummaryStatus instance = summary(row.instanceStatus());
        SummaryStatus system = summary(row.systemStatus());
        if (instance == SummaryStatus.IMPAIRED || system == SummaryStatus.IMPAIRED) {
            return StatusCheck.IMPAIRED;
        }
        return instance == SummaryStatus.OK && system == SummaryStatus.OK ? StatusCheck.OK : StatusCheck.UNKNOWN;
    }

    private static SummaryStatus summary(@Nullable InstanceStatusSummary check) {
        return check == null || check.status() == null ? SummaryStatus.UNKNOWN_TO_SDK_VERSION : check.status();
    }

    private static ScheduledEvent event(InstanceStatusEvent row) {
        String code = row.codeAsString();
        return new ScheduledEvent(
                code == null ? ScheduledEvent.Kind.UNKNOWN : KINDS.getOrDefault(code, ScheduledEvent.Kind.UNKNOWN),
                row.notBefore(),
                row.description() == null ? "" : row.description());
    }
}
