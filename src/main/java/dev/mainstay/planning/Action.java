package dev.mainstay.planning;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Role;
import dev.mainstay.cluster.TargetGroup;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One AWS write, decided to the last detail: whoever carries it out has nothing left to choose. */
public sealed interface Action {
    ActionKind kind();

    Reason reason();

    /** The node that it is about; empty for a launch. */
    Optional<NodeId> subject();

    /** The budget that it uses. */
    default Optional<Budget> budget() {
        return Optional.empty();
    }

    /**
     * Launch {@code count} nodes in one call.
     *
     * @param resend the open intent whose call is repeated with the same token; null for a new launch
     * @param maxPrice the spot price limit to send, in USD per hour; null: none
     * @param creditMode the credit mode to launch in; null: not burstable
     * @param lineage the lineage of the node that it replaces; null: a new one
     * @param spends the budget that it uses; null: none
     */
    record Launch(
            @Nullable IntentId resend,
            Market market,
            Pool pool,
            Role role,
            int count,
            @Nullable Double maxPrice,
            @Nullable CreditMode creditMode,
            @Nullable String lineage,
            @Nullable Budget spends,
            Reason reason)
            implements Action {
        @Override
        public ActionKind kind() {
            return ActionKind.LAUNCH;
        }

        @Override
        public Optional<NodeId> subject() {
            return Optional.empty();
        }

        @Override
        public Optional<Budget> budget() {
            return resend == null ? Optional.ofNullable(spends) : Optional.empty();
        }

        public Launch again(IntentId intent, Reason why) {
            return new Launch(intent, market, pool, role, count, maxPrice, creditMode, lineage, spends, why);
        }
    }

    /** Put a node into rotation at these target groups. */
    record Register(NodeId node, SortedSet<TargetGroup> targetGroups, Reason reason) implements Action {
        public Register {
            targetGroups = new TreeSet<>(targetGroups);
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
            targetGroups = new TreeSet<>(targetGroups);
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
     * @param spends the budget that it uses; null: none, as for a node that is dead already
     */
    record Terminate(NodeId node, @Nullable Budget spends, Reason reason) implements Action {
        @Override
        public ActionKind kind() {
            return ActionKind.TERMINATE;
        }

        @Override
        public Optional<NodeId> subject() {
            return Optional.of(node);
        }

        @Override
        public Optional<Budget> budget() {
            return Optional.ofNullable(spends);
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
}
