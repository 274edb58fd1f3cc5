package dev.mainstay.simulation;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;
import dev.mainstay.credits.BurstableType;
import dev.mainstay.credits.CreditAccount;
import dev.mainstay.simulation.Machine.StateReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** EC2: machines from launch to oblivion, client tokens, and spot requests. */
public final class Compute {
    /** How long EC2 lists what has ended: "a short time, usually less than an hour". Source: EC2 guide, "Terminate". */
    private static final Duration LISTED_AFTER_END = Duration.ofHours(1);
    /** From running to passed status checks; they run every minute. Source: EC2 guide, "Status checks". */
    private static final Duration INITIALISING = Duration.ofMinutes(2);

    private final WorldSpec spec;
    private final Agenda agenda;
    private final Chance chance;
    private final Consumer<Machine> changed;
    private final LaunchTokens tokens = new LaunchTokens();
    private final Map<NodeId, Machine> machines = new LinkedHashMap<>();
    private final LaunchCredits launchCredits = new LaunchCredits();
    private final Map<Pool, Duration> exhausted = new HashMap<>();
    private final List<Fault.RefuseLaunches> refusals = new ArrayList<>();
    private final Outages outages;
    private final TemplateVersions templateVersions = new TemplateVersions();
    private Duration launchesBrokenUntil = Duration.ZERO;
    private Duration launchesEndedUntil = Duration.ZERO;
    private Duration terminationsDelayedUntil = Duration.ZERO;
    private @Nullable SpotPools pools;
    private long launched;
    private long version;

    /** @param changed told of every machine that has begun or ceased to run, or to answer */
    Compute(WorldSpec spec, Agenda agenda, Chance chance, Consumer<Machine> changed) {
        this.spec = spec;
        this.agenda = agenda;
        this.chance = chance;
        this.changed = changed;
        this.outages = new Outages(agenda, machines.values(), changed);
    }

    /** Said once, before the first launch: the two parts know each other. */
    void joins(SpotPools market) {
        pools = market;
    }

    /** Changes whenever a description would. */
    public long version() {
        return version;
    }

    /** Every machine that EC2 still knows, in the order of their launches, invisible ones included. */
    public Collection<Machine> all() {
        return Collections.unmodifiableCollection(machines.values());
    }

    /** How many machines were ever launched, forgotten ones included. */
    public long everLaunched() {
        return launched;
    }

    /** The machine as it really is, invisible or not. */
    public Optional<Machine> machine(NodeId id) {
        return Optional.ofNullable(machines.get(id));
    }

    /** Launches between the order's least and most, as far as there is room. */
    public List<Machine> launch(LaunchOrder order) {
        Optional<List<Machine>> earlier = tokens.answer(order);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Pool pool = pool(order);
        boolean refused = refusals.stream().anyMatch(refusal -> refusal.hits(pool, order.market(), agenda.now()));
        if (refused || exhausted.getOrDefault(pool, Duration.ZERO).compareTo(agenda.now()) > 0) {
            throw noRoom(pool);
        }
        int count = order.market() == Market.SPOT ? spotCount(order, pool) : order.max();
        String reservation = "r-" + hex("reservation", launched + 1);
        List<Machine> born = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            born.add(bear(order, pool, reservation));
        }
        tokens.remember(order, born);
        version++;
        return born;
    }

    /** Ends machines as their owner wishes; what has ended already stays as it is. Knows all of them, or does nothing. */
    public void terminate(List<Machine> doomed) {
        for (Machine machine : doomed) {
            if (machine.undying) {
                throw Refusal.badRequest(
                        "OperationNotPermitted",
                        "the instance '%s' may not be terminated: its attribute 'disableApiTermination' is set"
                                .formatted(machine.id()));
            }
        }
        if (terminationsDelayedUntil.compareTo(agenda.now()) > 0) {
            agenda.at(terminationsDelayedUntil, () -> doomed.forEach(this::terminate));
        } else {
            doomed.forEach(this::terminate);
        }
    }

    private void terminate(Machine machine) {
        if (!machine.state.ending()) {
            close(machine, "instance-terminated-by-user");
            end(machine, new StateReason("Client.UserInitiatedShutdown", "the user ended it"));
        }
    }

    /** A description has changed by other hands. */
    void changedElsewhere() {
        version++;
    }

    void announce(Machine machine, String status) {
        if (machine.request != null && machine.alive()) {
            machine.request.announce(status, agenda.now());
            version++;
        }
    }

    /** Takes a spot machine back, unless it has ended by itself since. */
    void reclaim(Machine machine, String status) {
        if (machine.alive()) {
            close(machine, status);
            end(machine, new StateReason("Server.SpotInstanceTermination", "the spot market took it back"));
        }
    }

    void exhaust(Pool pool, Duration until) {
        exhausted.put(pool, until);
    }

    void hang(Machine machine) {
        machine.hung = true;
        changed.accept(machine);
    }

    void impair(Machine machine) {
        machine.impaired = true;
        machine.hung = true;
        version++;
        changed.accept(machine);
    }

    void recover(Machine machine) {
        machine.impaired = false;
        machine.hung = false;
        version++;
        changed.accept(machine);
    }

    void cutOff(@Nullable Zone zone, Duration until) {
        outages.begin(zone, until);
    }

    void breakLaunches(Duration until) {
        launchesBrokenUntil = until;
    }

    void endLaunches(Duration until) {
        launchesEndedUntil = until;
    }

    void refuse(Fault.RefuseLaunches refusal) {
        refusals.add(refusal);
    }

    void delayTerminations(Duration until) {
        terminationsDelayedUntil = until;
    }

    void retire(Machine machine, Duration at) {
        machine.retiresAt = at;
        version++;
        agenda.after(at.minus(agenda.now()), () -> {
            if (machine.alive()) {
                close(machine, "instance-terminated-by-service");
                end(machine, new StateReason("Server.ScheduledStop", "stopped due to a scheduled retirement"));
            }
        });
    }

    void stop(Machine machine) {
        if (machine.market() == Market.SPOT || machine.state != InstanceState.RUNNING) {
            throw new IllegalArgumentException(
                    "only a running on-demand machine can be stopped, and %s is none".formatted(machine));
        }
        machine.state = InstanceState.STOPPING;
        machine.reason = new StateReason("Client.UserInitiatedShutdown", "the user stopped it");
        version++;
        changed.accept(machine);
        agenda.after(endingTime(machine), () -> {
            if (machine.state == InstanceState.STOPPING) {
                machine.state = InstanceState.STOPPED;
                version++;
            }
        });
    }

    void tag(Machine machine, String key, @Nullable String value) {
        if (value == null) {
            machine.tags.remove(key);
        } else {
            machine.tags.put(key, value);
        }
        version++;
    }

    void hide(List<Machine> hidden, Duration until) {
        hidden.forEach(machine -> machine.unlisted = true);
        version++;
        agenda.at(until, () -> {
            hidden.forEach(machine -> machine.unlisted = false);
            version++;
        });
    }

    public TemplateVersions templateVersions() {
        return templateVersions;
    }

    private Pool pool(LaunchOrder order) {
        WorldSpec.Place place = spec.place();
        if (!order.template().equals(place.template().id())
                && !order.template().equals(place.template().name())) {
            throw Refusal.badRequest(
                    "InvalidLaunchTemplateId.NotFound", "there is no launch template '%s'".formatted(order.template()));
        }
        InstanceType type = order.type() == null ? place.template().type() : order.type();
        if (!place.onDemandUsdPerHour().containsKey(type)) {
            throw Refusal.badRequest("Unsupported", "%s is not on offer here".formatted(type));
        }
        return new Pool(
                type,
                place.zoneOf(order.subnet())
                        .orElseThrow(() -> Refusal.badRequest(
                                "InvalidSubnetID.NotFound",
                                "the subnet id '%s' does not exist".formatted(order.subnet()))));
    }

    private int spotCount(LaunchOrder order, Pool pool) {
        SpotPools market = market();
        double limit = limit(order, pool);
        double price = market.price(pool);
        if (price > limit) {
            throw Refusal.badRequest(
                    "SpotMaxPriceTooLow", "%s costs %s USD per hour, the limit is %s".formatted(pool, price, limit));
        }
        int count = Math.min(order.max(), market.room(pool.zone()));
        if (count < order.min()) {
            throw noRoom(pool);
        }
        return count;
    }

    private static Refusal noRoom(Pool pool) {
        return new Refusal("InsufficientInstanceCapacity", 500, "there is no room for %s".formatted(pool));
    }

    private double limit(LaunchOrder order, Pool pool) {
        return order.maxPrice() == null ? market().onDemandPrice(pool) : order.maxPrice();
    }

    private SpotPools market() {
        if (pools == null) {
            throw new IllegalStateException("this world has no spot market yet");
        }
        return pools;
    }

    private Machine bear(LaunchOrder order, Pool pool, String reservation) {
        long number = ++launched;
        Machine machine = new Machine(
                new NodeId("i-" + hex("instance", number)),
                number,
                pool,
                order.market(),
                reservation,
                order.subnet(),
                agenda.now(),
                templateVersions.tagged(order));
        if (order.market() == Market.SPOT) {
            long eightDigits = chance.of("request", number).nextLong(78_364_164_096L, 2_821_109_907_456L);
            String id = "sir-" + Long.toString(eightDigits, 36);
            machine.request = new SpotRequest(
                    id, machine.id(), agenda.now(), limit(order, pool), new TreeMap<>(order.requestTags()));
        }
        machines.put(machine.id(), machine);
        machine.cutOff = outages.cutOff(machine.zone());
        machine.hung = launchesBrokenUntil.compareTo(agenda.now()) > 0 || templateVersions.isBroken(order.version());
        SplittableRandom luck = chance.of("boot", number);
        WorldSpec.Boot boot = spec.boot();
        agenda.after(between(luck.nextDouble(), boot.runningFrom(), boot.runningTo()), () -> runs(machine, order));
        // Squared: most boots are quick, a few take long.
        double slowness = luck.nextDouble();
        agenda.after(between(slowness * slowness, boot.answersFrom(), boot.answersTo()), () -> answers(machine));
        Duration invisible = between(
                chance.of("visible", number).nextDouble(),
                Duration.ZERO,
                spec.api().invisibleUpTo());
        machine.visible = invisible.isZero();
        agenda.after(invisible, () -> {
            machine.visible = true;
            version++;
        });
        return machine;
    }

    private void runs(Machine machine, LaunchOrder order) {
        if (machine.state != InstanceState.PENDING) {
            return;
        }
        if (machine.launchedAt().compareTo(launchesEndedUntil) < 0) {
            close(machine, "instance-terminated-by-service");
            end(machine, new StateReason("Server.InternalError", "Internal error on launch"));
            return;
        }
        machine.state = InstanceState.RUNNING;
        BurstableType.of(machine.type()).ifPresent(type -> {
            CreditMode mode = order.creditMode() == null ? type.defaultMode() : order.creditMode();
            machine.credits = CreditAccount.launched(type, mode, launchCredits.grant(type, mode, agenda.now()));
        });
        version++;
        changed.accept(machine);
        agenda.after(INITIALISING, () -> {
            machine.checked = true;
            version++;
        });
    }

    private void answers(Machine machine) {
        machine.booted = true;
        changed.accept(machine);
    }

    private void close(Machine machine, String status) {
        if (machine.request != null) {
            machine.request.close(status, agenda.now());
        }
    }

    private void end(Machine machine, StateReason reason) {
        machine.state = InstanceState.SHUTTING_DOWN;
        machine.reason = reason;
        version++;
        changed.accept(machine);
        agenda.after(endingTime(machine), () -> {
            machine.state = InstanceState.TERMINATED;
            version++;
            agenda.after(LISTED_AFTER_END, () -> {
                machines.remove(machine.id());
                tokens.keepOnly(known -> machines.containsKey(known.id()));
                version++;
            });
        });
    }

    private Duration endingTime(Machine machine) {
        double luck = chance.of("end", machine.number()).nextDouble();
        return between(luck, spec.boot().endingFrom(), spec.boot().endingTo());
    }

    private String hex(String kind, long number) {
        return "0%016x".formatted(chance.of(kind, number).nextLong());
    }

    private static Duration between(double share, Duration from, Duration to) {
        return Duration.ofMillis(
                from.toMillis() + Math.round(share * to.minus(from).toMillis()));
    }
}
