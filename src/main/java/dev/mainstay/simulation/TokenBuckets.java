package dev.mainstay.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * AWS's limits on calls, per account and region: each call takes tokens from buckets that fill up again by the second, and
 * is refused where one of them holds too few. Which call takes how many is the caller's to say. Not thread-safe.
 */
public final class TokenBuckets {
    private final Map<Bucket, Level> levels = new HashMap<>();
    private double left;

    /** @param left the share of every bucket that is not used by others, above 0 and at most 1 */
    TokenBuckets(double left) {
        this.left = left;
    }

    /**
     * One of them.
     *
     * @param capacity the most tokens that it holds
     * @param perSecond the tokens that flow into it
     */
    public record Bucket(String name, double capacity, double perSecond) {}

    /**
     * What was asked of one bucket so far.
     *
     * @param taken tokens
     * @param refusals calls for which it held too few
     * @param lowest the least that it held after a call, as a share of its whole capacity
     */
    public record Use(long taken, long refusals, double lowest) {}

    /** Whether each of these holds so many tokens; if so they are taken, else none is, and those that lack are noted. */
    public boolean take(Map<Bucket, Integer> tokens, Duration now) {
        boolean enough = true;
        for (var wanted : tokens.entrySet()) {
            Level level = level(wanted.getKey(), now);
            if (level.tokens < wanted.getValue()) {
                level.refusals++;
                enough = false;
            }
        }
        if (enough) {
            tokens.forEach((bucket, count) -> {
                Level level = level(bucket, now);
                level.tokens -= count;
                level.taken += count;
                level.lowest = Math.min(level.lowest, level.tokens / bucket.capacity);
            });
        }
        return enough;
    }

    /** What was asked of each bucket that was ever asked for tokens, by its name. */
    public SortedMap<String, Use> uses() {
        SortedMap<String, Use> uses = new TreeMap<>();
        levels.forEach((bucket, level) -> uses.put(bucket.name, new Use(level.taken, level.refusals, level.lowest)));
        return uses;
    }

    /** From now on others leave this share. */
    void leave(double share) {
        left = share;
    }

    private Level level(Bucket bucket, Duration now) {
        // However little others leave, now and then there is one.
        double capacity = Math.max(1, bucket.capacity * left);
        Level level = levels.computeIfAbsent(bucket, key -> new Level(capacity, now));
        double flowed = now.minus(level.filledAt).toMillis() / 1_000.0 * bucket.perSecond * left;
        level.tokens = Math.min(capacity, level.tokens + flowed);
        level.filledAt = now;
        return level;
    }

    private static final class Level {
        private double tokens;
        private Duration filledAt;
        private long taken;
        private long refusals;
        private double lowest = 1;

        Level(double tokens, Duration filledAt) {
            this.tokens = tokens;
            this.filledAt = filledAt;
        }
    }
}
