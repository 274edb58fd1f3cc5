package dev.mainstay.cluster;

import java.time.Instant;

/**
 * Something that could not be read.
 *
 * @param since when it was last read whole, or since when we have tried
 * @param text why, in one line fit for an operator
 */
public record Gap(Source source, Instant since, String text) {

    /** What is read. Without the vital ones nothing is destroyed; the others silence only the rules that need them. */
    public enum Source implements Labelled {
        INSTANCES(true),
        TARGET_HEALTH(true),
        /** The Auto Scaling groups. */
        GROUPS(true),
        STATUS_CHECKS(false),
        SPOT_REQUESTS(false),
        SPOT_PRICES(false),
        CREDIT_METRICS(false),
        CREDIT_MODES(false),
        TARGET_GROUP_SETTINGS(false),
        LAUNCH_TEMPLATE(false),
        /** Changed, and not to be used: the cluster is supervised as the last good one says. */
        CONFIG(false);

        private final boolean vital;

        Source(boolean vital) {
            this.vital = vital;
        }

        public boolean vital() {
            return vital;
        }
    }
}
