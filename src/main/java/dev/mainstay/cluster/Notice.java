package dev.mainstay.cluster;

import java.time.Instant;

/**
 * AWS's word that a spot node is about to be taken away.
 *
 * @param status the status code of the spot request that said so, such as {@code instance-terminated-no-capacity}
 * @param seenAt when we first read it
 */
public record Notice(String status, Instant seenAt) {}
