package dev.mainstay.simulation;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.credits.BurstableType;
import java.time.Duration;
import java.util.ArrayDeque;

/** The account's ration of launch credits. Source: EC2 guide, "Launch credits". */
final class LaunchCredits {
    /** Launches of T2 in standard mode that get them, per account, region and rolling 24 hours. */
    private static final int LAUNCHES = 100;

    private static final Duration WINDOW = Duration.ofDays(1);

    private final ArrayDeque<Duration> granted = new ArrayDeque<>();

    /** Whether a machine that starts now gets launch credits; counts it if so. */
    boolean grant(BurstableType type, CreditMode mode, Duration now) {
        if (type.launchCredits() == 0 || mode != CreditMode.STANDARD) {
            return false;
        }
        Duration before = now.minus(WINDOW);
        while (!granted.isEmpty() && granted.getFirst().compareTo(before) <= 0) {
            granted.removeFirst();
        }
        if (granted.size() >= LAUNCHES) {
            return false;
        }
        granted.addLast(now);
        return true;
    }
}
