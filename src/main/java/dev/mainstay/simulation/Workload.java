package dev.mainstay.simulation;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.credits.CreditAccount;
import dev.mainstay.simulation.trace.LoadTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The demand on the machines, what they carry of it, and their CPU credits. Between two changes of the demand the credits
 * are a closed form; nothing is reckoned until something changes or a sample is due.
 */
public final class Workload {
    /** CloudWatch's period for CPU credits, on round five minutes of the wall clock. Source: EC2 guide. */
    public static final Duration PERIOD = Duration.ofMinutes(5);
    /** From the end of a period until CloudWatch shows it. A figure of experience. */
    private static final Duration PUBLISHED_AFTER = Duration.ofMinutes(2);
    /** By how much an expected exhaustion is overshot, so that nothing is left over through rounding. */
    private static final Duration OVERSHOOT = Duration.ofMillis(1);

    private final WorldSpec spec;
    private final Agenda agenda;
    private final Chance chance;
    private final Compute compute;
    private final Supplier<Set<Machine>> rotation;
    private final Consumer<Machine> changed;
    private @Nullable Machine crawled;
    private long crawls;

    /** @param changed told of every machine that has become too slow to answer, or quick enough again */
    Workload(
            WorldSpec spec,
            Instant start,
            Agenda agenda,
            Chance chance,
            Compute compute,
            Supplier<Set<Machine>> rotation,
            Consumer<Machine> changed) {
        this.spec = spec;
        this.agenda = agenda;
        this.chance = chance;
        this.compute = compute;
        this.rotation = rotation;
        this.changed = changed;
        follow(spec.traffic().visitors());
        follow(spec.traffic().crawler());
        long intoPeriod = Math.floorMod(start.toEpochMilli(), PERIOD.toMillis());
        agenda.at(PERIOD.minusMillis(intoPeriod), this::sample);
    }

    /** The account of this machine at this moment; empty where it is not burstable or does not run. */
    public Optional<CreditAccount> credits(Machine machine) {
        settle(machine);
        return Optional.ofNullable(machine.credits);
    }

    /** What CloudWatch shows of a machine, oldest first: the last hour or so, less what is too fresh. */
    public List<Sample> published(NodeId id) {
        Duration newest = agenda.now().minus(PERIOD).minus(PUBLISHED_AFTER);
        List<Sample> published = new ArrayList<>();
        compute.machine(id).ifPresent(machine -> {
            for (Sample sample : machine.burden.samples) {
                if (sample.from().compareTo(newest) <= 0) {
                    published.add(sample);
                }
            }
        });
        return published;
    }

    /** Changes how a running burstable machine treats its credits from now on. */
    public void setCreditMode(Machine machine, CreditMode mode) {
        settle(machine);
        CreditAccount account = machine.credits;
        if (account == null || machine.state != InstanceState.RUNNING) {
            throw Refusal.badRequest(
                    "InstanceCreditSpecification.NotSupported",
                    "%s is not a running burstable instance".formatted(machine.id()));
        }
        machine.credits = account.switchedTo(mode);
        compute.changedElsewhere();
        expectExhaustion(machine);
    }

    /** A machine has begun or ceased to run or to answer. */
    void machineChanged(Machine machine) {
        if (machine.state == InstanceState.RUNNING && machine.burden.settledAt.isZero()) {
            machine.burden.settledAt = agenda.now();
            machine.burden.periodFrom = agenda.now();
        }
        expectExhaustion(machine);
    }

    /** Shares the demand out anew. */
    void share() {
        Set<Machine> serving = rotation.get();
        double visitors =
                spec.traffic().visitors().at(agenda.now()) * spec.traffic().nodes();
        double each = serving.isEmpty() ? 0 : visitors / serving.size();
        double crawler = spec.traffic().crawler().at(agenda.now());
        Machine target = crawled(serving, crawler);
        for (Machine machine : compute.all()) {
            if (machine.state == InstanceState.RUNNING) {
                double demand = serving.contains(machine) ? each : 0;
                // A hung application keeps its share of the requests and does nothing for them.
                demand(machine, machine.hung ? 0 : machine.equals(target) ? demand + crawler : demand);
            }
        }
    }

    private @Nullable Machine crawled(Set<Machine> serving, double crawler) {
        if (crawler <= 0 || serving.isEmpty()) {
            crawled = null;
        } else if (crawled == null || !serving.contains(crawled)) {
            int lot = chance.of("crawl", ++crawls).nextInt(serving.size());
            crawled = serving.stream().skip(lot).findFirst().orElseThrow();
        }
        return crawled;
    }

    private void follow(LoadTrace trace) {
        share();
        agenda.at(trace.nextChange(agenda.now()), () -> follow(trace));
    }

    private void demand(Machine machine, double percent) {
        if (machine.burden.demandPercent == percent) {
            return;
        }
        settle(machine);
        machine.burden.demandPercent = percent;
        expectExhaustion(machine);
    }

    private void expectExhaustion(Machine machine) {
        settle(machine);
        long expectation = ++machine.burden.expectation;
        judge(machine);
        CreditAccount account = machine.credits;
        if (account != null && account.mode() == CreditMode.STANDARD && account.balance() > 0) {
            account.exhaustedAfter(machine.burden.demandPercent)
                    .ifPresent(left -> agenda.after(left.plus(OVERSHOOT), () -> {
                        if (machine.burden.expectation == expectation) {
                            settle(machine);
                            judge(machine);
                        }
                    }));
        }
    }

    /** A machine that is asked for far more than it can deliver keeps everyone waiting, checks included. */
    private void judge(Machine machine) {
        boolean slow = starved(machine) || overloaded(machine);
        if (slow != machine.slow) {
            machine.slow = slow;
            changed.accept(machine);
        }
    }

    /** Out of credits, and asked for far more than its baseline. */
    private boolean starved(Machine machine) {
        CreditAccount account = machine.credits;
        double demand = machine.burden.demandPercent;
        return account != null
                && account.mode() == CreditMode.STANDARD
                && account.balance() <= 0
                && demand > spec.healthChecks().slowBeyond() * account.deliveredPercent(demand);
    }

    private boolean overloaded(Machine machine) {
        if (spec.overload().equals(WorldSpec.Overload.NEVER)) {
            return false;
        }
        CreditAccount account = machine.credits;
        double most = account == null ? 100 : account.deliveredPercent(100);
        double luck = chance.of("overload", machine.number()).nextDouble();
        return machine.burden.demandPercent > spec.overload().bears(luck) * most;
    }

    private void settle(Machine machine) {
        Burden burden = machine.burden;
        Duration passed = agenda.now().minus(burden.settledAt);
        if (machine.state != InstanceState.RUNNING || passed.isZero()) {
            return;
        }
        CreditAccount account = machine.credits;
        double carried = Math.min(burden.demandPercent, 100);
        if (account != null) {
            carried = account.deliveredPercent(carried);
            machine.credits = account.after(passed, burden.demandPercent);
        }
        burden.percentMinutes += carried * passed.toMillis() / 60_000.0;
        burden.settledAt = agenda.now();
    }

    private void sample() {
        for (Machine machine : compute.all()) {
            if (machine.state == InstanceState.RUNNING) {
                settle(machine);
                Burden burden = machine.burden;
                Duration length = agenda.now().minus(burden.periodFrom);
                // A machine's first, broken period is not shown: its metrics come five to ten minutes late.
                if (length.equals(PERIOD)) {
                    burden.keep(reading(machine));
                }
                burden.percentMinutes = 0;
                burden.periodFrom = agenda.now();
                burden.chargedBefore = machine.credits == null ? 0 : machine.credits.charged();
            }
        }
        agenda.after(PERIOD, this::sample);
    }

    private Sample reading(Machine machine) {
        Burden burden = machine.burden;
        double cpu = burden.percentMinutes / PERIOD.toMinutes();
        CreditAccount account = machine.credits;
        if (account == null) {
            return new Sample(burden.periodFrom, cpu, null);
        }
        boolean unlimited = account.mode() == CreditMode.UNLIMITED;
        return new Sample(
                burden.periodFrom,
                cpu,
                new Sample.Credits(
                        burden.percentMinutes / 100 * account.type().vcpus(),
                        account.balance(),
                        unlimited ? account.surplus() : null,
                        unlimited ? account.charged() - burden.chargedBefore : null));
    }
}
