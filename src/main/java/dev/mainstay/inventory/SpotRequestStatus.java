package dev.mainstay.inventory;

import java.util.Set;

/**
 * The status codes of a spot request. A request that ends by AWS's will says so at once, while its instance runs for two
 * minutes more: that is how a loss is seen coming without an event queue. Source: EC2 User Guide, "Spot request status".
 */
final class SpotRequestStatus {
    private static final Set<String> ANNOUNCES_LOSS = Set.of(
            "marked-for-stop",
            "marked-for-termination",
            "instance-stopped-by-price",
            "instance-stopped-no-capacity",
            "instance-terminated-by-price",
            "instance-terminated-by-schedule",
            "instance-terminated-by-service",
            "instance-terminated-no-capacity",
            "instance-terminated-launch-group-constraint");

    private SpotRequestStatus() {}

    static boolean announcesLoss(String status) {
        return ANNOUNCES_LOSS.contains(status);
    }
}
