package dev.mainstay.planning;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.GroupName;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Role;
import dev.mainstay.cluster.TargetGroup;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** One AWS write, decided to the last detail: whoever carries it out has nothing left to choose. */
public sealed interface Action {
    ActionKind kind();

    Reason reason();

    /** The node that it is about; empty for a launch. */
    Optional<NodeId> subject();

    /** How much it uses of which budget. */
    default Map<Budget, Integer> spends() {
        return Map.of();
    }

    /**
     * Launch {@code count} nodes in one call.
     *
     * @param resend the open intent whose call is repeated with the same token; null for a new launch
     * @param choice the pools among which EC2 may choose, best first, {@code pool} being one of them; null: only that one
     * @param version the version of the launch template to use in place of the config's; null: the config's
     * @param maxPrice the spot price limit to send, in USD per hour; null: none
     * @param creditMode the credit mode to launch in; null: not burstable
     * @param lineage the lineage of the node that it replaces; null: a new one
     * @param returning a voluntary return to spot
     * @param endowed the nodes start with launch credits, of which AWS gives only so many
     */
    record Launch(
            @Nullable IntentId resend,
            Market market,
            Pool pool,
            @Nullable List<Pool> choice,
            Role role,
            int count,
            @Nullable String version,
            @Nullable Double maxPrice,
            @Nullable CreditMode creditMode,
            @Nullable String lineage,
            boolean returning,
            boolean endowed,
            Reason reason)
            implements Action {
        public Launch {
            choice = choice == null ? null : List.copyOf(choice);
        }

        public Launch(
                @Nullable IntentId resend,
                Market market,
                Pool pool,
                Role role,
                int count,
                @Nullable String version,
                @Nullable Double maxPrice,
                @Nullable CreditMode creditMode,
                @Nullable String lineage,
                boolean returning,
                boolean endowed,
                Reason reason) {
            this(
                    resend,
                    market,
                    pool,
                    null,
                    role,
                    count,
                    version,
                    maxPrice,
                    creditMode,
                    lineage,
                    returning,
                    endowed,
                    reason);
        }

        /** Where it may land. */
        public List<Pool> pools() {
            return choice == null ? List.of(pool) : choice;
        }

        @Override
        public ActionKind kind() {
            return ActionKind.LAUNCH;
        }

        @Override
        public Optional<NodeId> subject() {
            return Optional.empty();
        }

        /** A repeated call makes nothing new, so it spends nothing. */
        @Override
        public Map<Budget, Integer> spends() {
            Map<Budget, Integer> spent = new EnumMap<>(Budget.class);
            if (resend == null && returning) {
                spent.put(Budget.RETURN, count);
            }
            if (resend == null && endowed) {
                spent.put(Budget.LAUNCH_CREDIT, count);
            }
            return spent;
        }

        /** Whether it launches the one extra node by which a shared fate is tried. */
        public boolean isCanary() {
            return reason instanceof Reason.CanaryWanted;
        }

        /** The same call again, with the same token. */
        public Launch again(IntentId intent, Reason why) {
            return new Launch(
                    intent,
                    market,
                    pool,
                    choice,
                    role,
                    count,
                    version,
                    maxPrice,
                    creditMode,
                    lineage,
                    returning,
                    endowed,
                    why);
        }

        /** The same for another number of nodes; several nodes continue no single lineage. */
        public Launch of(int number) {
            String continued = number == count ? lineage : null;
            return new Launch(
                    resend,
                    market,
                    pool,
                    choice,
                    role,
                    number,
                    version,
                    maxPrice,
                    creditMode,
                    continued,
                    returning,
                    endowed,
                    reason);
        }

        /** Whether the other asks for nodes of the same kind in the same place, so that one call will do for both. */
        boolean sameCallAs(Launch other) {
            return resend == null
                    && other.resend == null
                    && market == other.market
                    && (choice != null || pool.equals(other.pool))
                    && Objects.equals(choice, other.choice)
                    && role == other.role
                    && returning == other.returning
                    && isCanary() == other.isCanary();
        }
    }

    /** Put a node into rotation at these target groups. */
    record Register(NodeId node, SortedSet<TargetGroup> targetGroups, Reason reason) implements Action {
        public Register {
            targetGroups = Frozen.set(targetGroups);
        }

        @Override
        public ActionKind kind() {
            return ActionKind.REGISTER;
        }

        @Override
        public Optional<NodeId> subject() {
            return Optional.of(node);
        }
    }

    /** Take a node out of rotation at these target groups; its open connections go on for the deregistration delay. */
    record Deregister(NodeId node, SortedSet<TargetGroup> targetGroups, Reason reason) implements Action {
        public Deregister {
            targetGroups = Frozen.set(targetGroups);
        }

        @Override
        public ActionKind kind() {
            return ActionKind.DEREGISTER;
        }

        @Override
        public Optional<NodeId> subject() {
            return Optional.of(node);
        }
    }

    /**
     * Terminate a node, by its id.
     *
     * @param heals whether it uses the heal budget: a sick or exhausted node; not a dead one, nor surplus. One that is
     *     replaced for a reason that could wait uses the disruption budget
     * @param shrinks the Auto Scaling group that is one smaller from then on; null: none is, and a group replaces the node
     */
    record Terminate(NodeId node, boolean heals, @Nullable GroupName shrinks, Reason reason) implements Action {
        public Terminate(NodeId node, boolean heals, Reason reason) {
            this(node, heals, null, reason);
        }

        @Override
        public ActionKind kind() {
            return ActionKind.TERMINATE;
        }

        @Override
        public Optional<NodeId> subject() {
            return Optional.of(node);
        }

        @Override
        public Map<Budget, Integer> spends() {
            return heals ? Map.of(Budget.HEAL, 1) : Removal.disrupts(reason) ? Map.of(Budget.DISRUPTION, 1) : Map.of();
        }
    }

    /** Switch a node's credit mode. */
    record SetCreditMode(NodeId node, CreditMode mode, Reason reason) implements Action {
        @Override
        public ActionKind kind() {
            return ActionKind.SET_CREDIT_MODE;
        }

        @Override
        public Optional<NodeId> subject() {
            return Optional.of(node);
        }
    }

    /**
     * Take a node out of its Auto Scaling group's load balancers, and leave it running.
     *
     * @param shrinks whether the group is one smaller until it comes back; else it launches another
     */
    record EnterStandby(NodeId node, GroupName group, boolean shrinks, Reason reason) implements Action {
        @Override
        public ActionKind kind() {
            return ActionKind.ENTER_STANDBY;
        }

        @Override
        public Optional<NodeId> subject() {
            return Optional.of(node);
        }
    }

    /** Put it back; the group is one larger from then on. */
    record ExitStandby(NodeId node, GroupName group, Reason reason) implements Action {
        @Override
        public ActionKind kind() {
            return ActionKind.EXIT_STANDBY;
        }

        @Override
        public Optional<NodeId> subject() {
            return Optional.of(node);
        }
    }

    /** Set how many nodes an Auto Scaling group shall have. */
    record SetGroupSize(GroupName group, int size, Reason reason) implements Action {
        @Override
        public ActionKind kind() {
            return ActionKind.SET_GROUP_SIZE;
        }

        @Override
        public Optional<NodeId> subject() {
            return Optional.empty();
        }
    }

    /**
     * Let a node go on that a lifecycle hook of ours holds.
     *
     * @param prolongs hold it once more instead, since it is not drained yet
     */
    record CompleteHook(NodeId node, GroupName group, String hook, boolean prolongs, Reason reason) implements Action {
        @Override
        public ActionKind kind() {
            return ActionKind.COMPLETE_HOOK;
        }

        @Override
        public Optional<NodeId> subject() {
            return Optional.of(node);
        }
    }
}
