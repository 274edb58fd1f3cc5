package dev.mainstay.planning.check;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Mode;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Observation;
import dev.mainstay.cluster.StatusCheck;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.Canary;
import dev.mainstay.planning.Intent;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.NodeMemory;
import dev.mainstay.planning.Plan;
import dev.mainstay.planning.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges a plan against what must always hold, from the observation and the memory alone. It knows no rule and no guard and
 * believes nothing of what the plan says about the nodes, so that a mistake in one of them does not excuse itself here. It
 * runs on every plan, in production too; one breach and nothing of the plan is carried out.
 */
public final class PlanChecker {
    private PlanChecker() {}

    /** What is wrong with the plan, in words; empty for a sound one. */
    public static List<String> breaches(ClusterSpec spec, Observation observation, Memory memory, Plan plan) {
        Map<NodeId, Node> seen = new HashMap<>();
        observation.nodes().forEach(node -> seen.put(node.id(), node));
        return new Check(spec, observation, memory, plan, seen).breaches();
    }

    private record Check(ClusterSpec spec, Observation observation, Memory memory, Plan plan, Map<NodeId, Node> seen) {

        List<String> breaches() {
            List<String> found = new ArrayList<>();
            mode(found);
            sight(found);
            ownership(found);
            capacity(found);
            order(found);
            size(found);
            sharedFate(found);
            found.addAll(Restraint.breaches(spec, observation, memory, plan, this::serves));
            return found;
        }

        private void mode(List<String> found) {
            if (spec.mode() == Mode.OBSERVE && !plan.actions().isEmpty()) {
                found.add("observe mode, and the plan has %d actions"
                        .formatted(plan.actions().size()));
            }
            if (spec.mode() == Mode.QUARANTINE && kinds().contains(ActionKind.TERMINATE)) {
                found.add("quarantine mode, and the plan terminates");
            }
            if (spec.mode() == Mode.QUARANTINE) {
                plan.actions().stream()
                        .filter(action -> action.kind() == ActionKind.DEREGISTER)
                        .flatMap(action -> action.subject().stream())
                        .filter(id -> !sick(id))
                        .forEach(id -> found.add(
                                "quarantine mode, and the plan takes out %s, which is not sick".formatted(id)));
            }
        }

        private void sight(List<String> found) {
            if (!observation.sees()
                    && plan.actions().stream().anyMatch(action -> action.kind().destructive())) {
                found.add("something vital was not read, and the plan destroys");
            }
        }

        private void ownership(List<String> found) {
            for (Action action : plan.actions()) {
                action.subject().ifPresent(id -> {
                    Instance instance = instance(id);
                    if (instance == null || !instance.ownedBy(spec.name())) {
                        found.add("%s of %s, which is not a node of ours"
                                .formatted(action.kind().label(), id));
                    } else if (action.kind().destructive()
                            && id.equals(observation.surroundings().self())) {
                        found.add("%s of %s, on which we run"
                                .formatted(action.kind().label(), id));
                    } else if (action.kind().destructive() && instance.isProtected(plan.at())) {
                        found.add("%s of %s, which is protected"
                                .formatted(action.kind().label(), id));
                    }
                });
            }
        }

        private void capacity(List<String> found) {
            Set<NodeId> removed = destroyed();
            List<NodeMemory> serving =
                    memory.nodes().values().stream().filter(this::serves).toList();
            long before = serving.size();
            long after = serving.stream()
                    .filter(node -> !removed.contains(node.instance().id()))
                    .count();
            long strangers = spec.capacity().countForeign() ? strangersServing() : 0;
            int floor = spec.capacity().desired() == 0
                    ? 0
                    : Math.max(1, spec.capacity().min());
            long taken = serving.stream()
                    .filter(node -> removed.contains(node.instance().id()) && takenAnyway(node))
                    .count();
            if (after + taken < before && after + taken + strangers < floor) {
                found.add("%d of %d would stay in service, under the floor of %d"
                        .formatted(after + strangers, before + strangers, floor));
            } else if (after < before
                    && after + strangers == 0
                    && spec.capacity().desired() > 0) {
                found.add("nobody would stay in service");
            }
            long baseBefore = serving.stream().filter(this::onDemand).count();
            long baseAfter = serving.stream()
                    .filter(this::onDemand)
                    .filter(node -> !removed.contains(node.instance().id()))
                    .count();
            int base = spec.capacity().onDemandBase();
            if (baseAfter < baseBefore && baseAfter < base) {
                found.add("%d on-demand would stay in service, under the base of %d".formatted(baseAfter, base));
            }
        }

        private long strangersServing() {
            return observation.foreign().values().stream()
                    .filter(targets -> targets.values().stream().allMatch(TargetHealth::healthy))
                    .count();
        }

        /** AWS takes it within the seconds that its connections need to end: the floor does not hold it any more. */
        private boolean takenAnyway(NodeMemory node) {
            Duration most = Duration.ofSeconds(30);
            Duration drain = spec.targetGroups().stream()
                    .map(group -> observation.drainTimes().getOrDefault(group, most))
                    .max(Duration::compareTo)
                    .filter(longest -> longest.compareTo(most) < 0)
                    .orElse(most);
            return node.notice() != null
                    && !plan.at().isBefore(node.notice().deadline().minus(drain));
        }

        private void order(List<String> found) {
            Set<String> calls = new HashSet<>();
            for (Action action : plan.actions()) {
                String call = switch (action) {
                    case Action.Launch launch when launch.resend() != null -> "again " + launch.resend();
                    case Action.Launch launch ->
                        launch.market() + " " + launch.pool() + " " + launch.role()
                                + (launch.isCanary() ? " canary" : "");
                    case Action.SetGroupSize size -> "the size of " + size.group();
                    case Action.Register _,
                            Action.Deregister _,
                            Action.Terminate _,
                            Action.SetCreditMode _,
                            Action.EnterStandby _,
                            Action.ExitStandby _,
                            Action.CompleteHook _ ->
                        action.subject().map(NodeId::value).orElseThrow();
                };
                if (!calls.add(call)) {
                    found.add("two actions on %s".formatted(call));
                }
                if (action instanceof Action.Terminate terminate) {
                    NodeMemory node = memory.nodes().get(terminate.node());
                    if (node != null && serves(node) && node.drainingSince() == null) {
                        found.add("terminate of %s, which is in rotation".formatted(terminate.node()));
                    }
                }
            }
        }

        private void size(List<String> found) {
            long existing = memory.nodes().values().stream()
                    .filter(node -> !node.lost() && node.terminatedAt() == null
                            || node.instance().state() == InstanceState.STOPPED && node.terminatedAt() == null)
                    .count();
            long open = memory.intents().values().stream()
                    .filter(Intent::open)
                    .mapToLong(intent -> intent.action() instanceof Action.Launch launch
                            ? Math.max(0, launch.count() - seen(intent))
                            : 0)
                    .sum();
            long launched = plan.actions().stream()
                    .mapToInt(action ->
                            action instanceof Action.Launch launch && launch.resend() == null ? launch.count() : 0)
                    .sum();
            int most = spec.capacity().max() + canaries(found);
            if (launched > 0 && existing + open + launched > most) {
                found.add("%d would exist, over the maximum of %d".formatted(existing + open + launched, most));
            }
        }

        /** A shared fate may be tried by one node beyond the maximum: how many there are, or would be. */
        private int canaries(List<String> found) {
            Canary canary = memory.canary();
            long alive = canary == null
                    ? 0
                    : memory.nodes().values().stream()
                            .filter(node -> canary.is(node) && !node.lost() && node.terminatedAt() == null)
                            .count();
            int planned = plan.actions().stream()
                    .mapToInt(
                            action -> action instanceof Action.Launch launch && launch.isCanary() ? launch.count() : 0)
                    .sum();
            if (planned > 0 && (canary == null || alive + planned > 1)) {
                found.add("%d canaries beside %d, where there may be one".formatted(planned, alive));
            }
            return alive + planned > 0 ? 1 : 0;
        }

        /**
         * While too many are sick together nobody is taken away for being sick, but in a zone that is not concerned, or where EC2
         * itself says so.
         */
        private void sharedFate(List<String> found) {
            Canary canary = memory.canary();
            if (canary == null || !canary.holds()) {
                return;
            }
            for (Action action : plan.actions()) {
                Instance instance = action.subject().map(this::instance).orElse(null);
                if (instance == null || canary.zone() != null && !canary.zone().equals(instance.zone())) {
                    continue;
                }
                if (action.kind().destructive()
                        && action.reason() instanceof Reason.UnhealthyFor
                        && !impaired(instance.id())) {
                    found.add("%s of %s for being sick, as too many others are"
                            .formatted(action.kind().label(), instance.id()));
                }
            }
        }

        private boolean sick(NodeId id) {
            NodeMemory node = memory.nodes().get(id);
            return node != null
                    && (node.health().sick()
                            || node.health().firstHealthy() == null
                            || node.condemned() != null
                                    && node.condemned().reason().illness());
        }

        private long seen(Intent intent) {
            return memory.nodes().values().stream()
                    .filter(node ->
                            node.instance().intent().filter(intent.id()::equals).isPresent())
                    .count();
        }

        private Set<ActionKind> kinds() {
            return plan.actions().stream().map(Action::kind).collect(Collectors.toSet());
        }

        private Set<NodeId> destroyed() {
            return plan.actions().stream()
                    .filter(action -> action.kind().destructive())
                    .flatMap(action -> action.subject().stream())
                    .collect(Collectors.toSet());
        }

        private boolean serves(NodeMemory node) {
            return !node.lost() && node.terminatedAt() == null && node.drainingSince() == null && healthy(node);
        }

        /** As the load balancer says now; where it or the node was not read, as it last was. */
        private boolean healthy(NodeMemory node) {
            Node sight = seen.get(node.instance().id());
            if (sight == null || observation.gap(Gap.Source.TARGET_HEALTH).isPresent()) {
                return node.health().healthySince() != null;
            }
            return spec.targetGroups().stream()
                    .map(group -> sight.targets().get(group))
                    .allMatch(health -> health != null && health.healthy());
        }

        private boolean onDemand(NodeMemory node) {
            return node.instance().market() == Market.ON_DEMAND;
        }

        private boolean impaired(NodeId id) {
            return observation.nodes().stream()
                    .anyMatch(node -> node.id().equals(id) && node.statusCheck() == StatusCheck.IMPAIRED);
        }

        private @Nullable Instance instance(NodeId id) {
            NodeMemory known = memory.nodes().get(id);
            return known == null ? null : known.instance();
        }
    }
}
