package dev.mainstay.testing;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.Notice;
import dev.mainstay.cluster.ScheduledEvent;
import dev.mainstay.cluster.StatusCheck;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.TargetHealth;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A node while something about it is being changed. */
final class NodeDraft {
    Instance instance;
    Map<TargetGroup, TargetHealth> targets;
    StatusCheck statusCheck;
    Notice notice;
    CreditReading credits;
    CreditMode creditMode;
    List<ScheduledEvent> events;
    Instant rebalanceAt;

    NodeDraft(Node of) {
        instance = of.instance();
        targets = of.targets();
        statusCheck = of.statusCheck();
        notice = of.notice();
        credits = of.credits();
        creditMode = of.creditMode();
        events = of.events();
        rebalanceAt = of.rebalanceAt();
    }

    Node node() {
        return new Node(instance, targets, statusCheck, notice, credits, creditMode, events, rebalanceAt);
    }
}
