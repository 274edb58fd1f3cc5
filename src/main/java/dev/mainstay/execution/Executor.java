package dev.mainstay.execution;

import dev.mainstay.cloud.Balancer;
import dev.mainstay.cloud.Cloud;
import dev.mainstay.cloud.CloudException;
import dev.mainstay.cloud.Launcher;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Moment;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Role;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.journal.Journal;
import dev.mainstay.journal.JournalException;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Budgets;
import dev.mainstay.planning.Intent;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Plan;
import dev.mainstay.planning.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan, one action after the other: the intent made durable, one short call, the outcome made durable. It
 * decides nothing. What uses a budget is judged against it once more just before it goes out, and what destroys is verified. Used by the cluster's loop only.
 */
public final class Executor {
    private final ClusterSpec spec;
    private final Cloud cloud;
    private final Journal journal;
    private final Supplier<Moment> clock;
    private final Supplier<IntentId> ids;

    public Executor(ClusterSpec spec, Cloud cloud, Journal journal, Supplier<Moment> clock, Supplier<IntentId> ids) {
        this.spec = spec;
        this.cloud = cloud;
        this.journal = journal;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * What became of the actions, and what is known after them.
     *
     * @param outcomes of those that were carried out, and of the one whose outcome could not be made durable
     * @param memory as it stands in the journal; not to be relied on after a failure
     * @param failure why the rest was left; null: nothing was
     */
    public record Executed(
            List<Outcome> outcomes, Memory memory, @Nullable JournalException failure) {}

    /**
     * Carries out the plan's actions in their order. Where an intent or an outcome cannot be made durable, nothing further
     * is done: what had been done by then is done, and the intents in the journal say so.
     *
     * @param memory as it stands in the journal
     */
    public Executed execute(Plan plan, Memory memory) {
        List<Outcome> outcomes = new ArrayList<>();
        Memory current = memory;
        Moment begun = clock.get();
        try {
            for (Action action : plan.actions()) {
                current = execute(action, plan, begun, current, outcomes);
            }
        } catch (JournalException e) {
            return new Executed(outcomes, current, e);
        }
        return new Executed(outcomes, current, null);
    }

    private Memory execute(Action action, Plan plan, Moment begun, Memory memory, List<Outcome> outcomes) {
        Memory current = memory;
        Instant now = clock.get().wall();
        Optional<String> objection = objection(plan, begun, memory, action, now);
        Intent intent = new Intent(token(action), action, now, null);
        Outcome.Result result;
        if (objection.isPresent()) {
            result = new Outcome.Result.Dropped(objection.get());
        } else {
            // A repeated launch has its intent in the journal already, with the time of the first call.
            Memory intending = repeats(action) ? current : current.intending(intent);
            journal.store(spec.name(), current, intending);
            current = intending;
            result = call(action, intent.id());
        }
        Outcome outcome = new Outcome(action, intent.id(), clock.get().wall(), result);
        outcomes.add(outcome);
        Memory after = current.after(outcome);
        journal.store(spec.name(), current, after);
        return after;
    }

    private Optional<String> objection(Plan plan, Moment begun, Memory current, Action action, Instant now) {
        return stale(plan, begun)
                .or(() -> Budgets.objection(spec, current, action, now).map(Wording::of))
                .or(() -> verify(action, now))
                .or(() -> stale(plan, begun));
    }

    /** Why nothing of this plan is done any more: it follows from an old look, as where the machine was frozen since. */
    private Optional<String> stale(Plan plan, Moment begun) {
        Moment now = clock.get();
        Duration sinceLook = Duration.between(plan.at(), now.wall());
        Duration age = sinceLook.compareTo(now.since(begun)) > 0 ? sinceLook : now.since(begun);
        return age.compareTo(spec.longestLook()) > 0
                ? Optional.of(
                        "what it follows from was seen %d s ago; the next pass looks again".formatted(age.toSeconds()))
                : Optional.empty();
    }

    private IntentId token(Action action) {
        return action instanceof Action.Launch launch && launch.resend() != null ? launch.resend() : ids.get();
    }

    private static boolean repeats(Action action) {
        return action instanceof Action.Launch launch && launch.resend() != null;
    }

    /** Why a destructive action must not go out after all: the world moved since it was planned. */
    private Optional<String> verify(Action action, Instant now) {
        if (!action.kind().destructive()) {
            return Optional.empty();
        }
        NodeId id = action.subject().orElseThrow();
        List<Instance> found;
        try {
            found = cloud.instances().byId(Set.of(id));
        } catch (CloudException e) {
            return Optional.of("it could not be verified: " + e.getMessage());
        }
        if (found.size() != 1) {
            return Optional.of("EC2 does not know it any more");
        }
        Instance instance = found.getFirst();
        if (!instance.ownedBy(spec.name())) {
            return Optional.of("it no longer carries the tag %s=%s".formatted(Tags.CLUSTER, spec.name()));
        }
        if (instance.isProtected(now)) {
            return Optional.of("it is now protected by the tag " + Tags.PROTECTED);
        }
        return instance.state().ending()
                ? Optional.of("it is already " + instance.state().label())
                : Optional.empty();
    }

    private Outcome.Result call(Action action, IntentId intent) {
        try {
            return switch (action) {
                case Action.Launch launch -> launched(cloud.launcher().launch(request(launch, intent)));
                case Action.Register register ->
                    at(register.targetGroups(), group -> group.register(Set.of(register.node())));
                case Action.Deregister deregister ->
                    at(deregister.targetGroups(), group -> group.deregister(Set.of(deregister.node())));
                case Action.Terminate terminate
                when spec.groups().isPresent() ->
                    quietly(() -> cloud.groups().terminate(terminate.node(), terminate.shrinks() != null));
                case Action.Terminate terminate ->
                    quietly(() -> cloud.instances().terminate(terminate.node()));
                case Action.EnterStandby standby ->
                    quietly(() -> cloud.groups().enterStandby(standby.group(), standby.node(), standby.shrinks()));
                case Action.ExitStandby standby ->
                    quietly(() -> cloud.groups().exitStandby(standby.group(), standby.node()));
                case Action.SetGroupSize size -> quietly(() -> cloud.groups().setDesired(size.group(), size.size()));
                case Action.CompleteHook hook
                when hook.prolongs() ->
                    quietly(() -> cloud.groups().prolongHook(hook.group(), hook.hook(), hook.node()));
                case Action.CompleteHook hook ->
                    quietly(() -> cloud.groups().completeHook(hook.group(), hook.hook(), hook.node()));
                case Action.SetCreditMode change ->
                    quietly(() -> cloud.instances().setCreditMode(change.node(), change.mode()));
            };
        } catch (CloudException e) {
            String message = e.getMessage() == null ? e.kind().label() : e.getMessage();
            return new Outcome.Result.Failed(e.kind(), message);
        }
    }

    private static Outcome.Result launched(Launcher.Launched launched) {
        return new Outcome.Result.Done(launched.instances(), launched.refused());
    }

    private Outcome.Result at(Set<TargetGroup> groups, Consumer<Balancer> call) {
        cloud.balancers().stream()
                .filter(balancer -> groups.contains(balancer.targetGroup()))
                .forEach(call);
        return new Outcome.Result.Done(List.of());
    }

    private static Outcome.Result quietly(Runnable call) {
        call.run();
        return new Outcome.Result.Done(List.of());
    }

    private Launcher.Request request(Action.Launch launch, IntentId intent) {
        Map<String, String> tags = new TreeMap<>(spec.launch().tags());
        tags.put(Tags.CLUSTER, spec.name().value());
        tags.put(Tags.INTENT, intent.value());
        tags.put(Tags.LINEAGE, launch.lineage() == null ? intent.value() : launch.lineage());
        tags.put(Tags.ROLE, (launch.market() == Market.SPOT ? Role.SPOT : launch.role()).label());
        String subnet = spec.launch().subnets().get(launch.pool().zone());
        if (subnet == null) {
            throw new CloudException(
                    FailureKind.PERMANENT,
                    "the config has no subnet in %s".formatted(launch.pool().zone()));
        }
        SequencedMap<Pool, String> choice = new LinkedHashMap<>();
        if (launch.choice() != null) {
            launch.choice().stream()
                    .filter(pool -> spec.launch().subnets().containsKey(pool.zone()))
                    .forEach(pool -> choice.put(
                            pool, Objects.requireNonNull(spec.launch().subnets().get(pool.zone()))));
        }
        return new Launcher.Request(
                clock.get().wall(),
                intent,
                spec.launch().template(),
                launch.version() == null ? spec.launch().version() : launch.version(),
                launch.pool(),
                subnet,
                choice,
                launch.market(),
                launch.maxPrice(),
                launch.creditMode(),
                launch.count(),
                tags);
    }
}
