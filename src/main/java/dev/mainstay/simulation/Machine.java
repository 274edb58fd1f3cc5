package dev.mainstay.simulation;

import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;
import dev.mainstay.credits.CreditAccount;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One simulated EC2 instance, as it really is; descriptions may lag behind. Changed only by the parts of the
 * {@link World}. Times are since the start of the world. Not thread-safe.
 */
public final class Machine {
    private final NodeId id;
    private final long number;
    private final Pool pool;
    private final Market market;
    private final String reservation;
    private final String subnet;
    private final Duration launchedAt;
    /** Changed by other hands only. */
    final SortedMap<String, String> tags;

    InstanceState state = InstanceState.PENDING;

    @Nullable
    StateReason reason;

    @Nullable
    SpotRequest request;
    /** Descriptions show it. */
    boolean visible;
    /** Descriptions of all leave it out all the same. */
    boolean unlisted;
    /** Its system is up and its application started. */
    boolean booted;
    /** Its application answers nobody, until it is replaced. */
    boolean hung;
    /** What its application depends on is down. */
    boolean cutOff;
    /** Asked for so much that it answers too late. */
    boolean slow;
    /** EC2's first status checks have passed. */
    boolean checked;
    /** EC2's status checks fail. */
    boolean impaired;
    /** When EC2 retires its hardware, as announced; null: nothing is announced. */
    @Nullable
    Duration retiresAt;
    /** EC2 will take it back. */
    boolean doomed;
    /** EC2 refuses to terminate it. */
    boolean undying;

    final Burden burden = new Burden();

    @Nullable
    CreditAccount credits;

    Machine(
            NodeId id,
            long number,
            Pool pool,
            Market market,
            String reservation,
            String subnet,
            Duration launchedAt,
            SortedMap<String, String> tags) {
        this.id = id;
        this.number = number;
        this.pool = pool;
        this.market = market;
        this.reservation = reservation;
        this.subnet = subnet;
        this.launchedAt = launchedAt;
        this.tags = new TreeMap<>(tags);
    }

    /** EC2's words on the last change of state: a code such as {@code Server.SpotInstanceTermination}, and a sentence. */
    public record StateReason(String code, String message) {}

    public NodeId id() {
        return id;
    }

    /** Its place in the order of launches, from 1; decides its luck. */
    long number() {
        return number;
    }

    public Pool pool() {
        return pool;
    }

    public InstanceType type() {
        return pool.type();
    }

    public Zone zone() {
        return pool.zone();
    }

    public Market market() {
        return market;
    }

    /** The id that the machines of one launch share. */
    public String reservation() {
        return reservation;
    }

    public String subnet() {
        return subnet;
    }

    public Duration launchedAt() {
        return launchedAt;
    }

    public SortedMap<String, String> tags() {
        return Collections.unmodifiableSortedMap(tags);
    }

    public InstanceState state() {
        return state;
    }

    public @Nullable StateReason reason() {
        return reason;
    }

    public @Nullable SpotRequest request() {
        return request;
    }

    /** Whether descriptions show it. */
    public boolean visible() {
        return visible;
    }

    /** Whether descriptions of all show it. */
    public boolean listed() {
        return visible && !unlisted;
    }

    /** Whether EC2's first status checks have passed; until then they are initialising. */
    public boolean checked() {
        return checked;
    }

    /** When EC2 retires its hardware, as announced; null: nothing is announced. */
    public @Nullable Duration retiresAt() {
        return retiresAt;
    }

    public boolean impaired() {
        return impaired;
    }

    /** Whether EC2 has decided to take it back; the notice may be missing. */
    public boolean doomed() {
        return doomed;
    }

    /** The account of CPU credits as of the last change of its load; null where it is not burstable or not yet running. */
    public @Nullable CreditAccount credits() {
        return credits;
    }

    /** The demand on it, in percent of all its vCPUs; may be above 100. */
    public double demandPercent() {
        return burden.demandPercent;
    }

    /** Pending or running. */
    public boolean alive() {
        return !state.dead();
    }

    /** Whether a health check that begins now gets a good answer in time. */
    public boolean answers() {
        return state == InstanceState.RUNNING && booted && !hung && !cutOff && !slow;
    }

    @Override
    public String toString() {
        return "%s (%s, %s, %s)".formatted(id, pool, market.label(), state.label());
    }
}
