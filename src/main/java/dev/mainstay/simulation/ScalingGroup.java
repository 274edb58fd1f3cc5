package dev.mainstay.simulation;

import dev.mainstay.cluster.Group.Lifecycle;
import dev.mainstay.cluster.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** One simulated Auto Scaling group, as it really is. Changed only by {@link ScalingGroups}. */
public final class ScalingGroup {
    /** Descriptions show the newest first. */
    private static final int REMEMBERED = 20;

    private final WorldSpec.GroupSpec spec;
    final Map<NodeId, Member> members = new LinkedHashMap<>();
    final TreeSet<String> suspended = new TreeSet<>();
    final List<Activity> activities = new ArrayList<>();
    int desired;
    /** No launch before then, after one in vain. */
    Duration pausedUntil = Duration.ZERO;

    Duration refreshingUntil = Duration.ZERO;

    /** One of its instances. */
    public static final class Member {
        private final Machine machine;
        Lifecycle lifecycle = Lifecycle.PENDING;
        /** When the hook that holds it gives up waiting. */
        Duration heldUntil = Duration.ZERO;

        Member(Machine machine) {
            this.machine = machine;
        }

        public Machine machine() {
            return machine;
        }

        public Lifecycle lifecycle() {
            return lifecycle;
        }
    }

    /** Something that it does, or did. */
    public static final class Activity {
        private final NodeId about;
        private final String description;
        private final Duration at;
        String status;

        Activity(NodeId about, String description, Duration at, String status) {
            this.about = about;
            this.description = description;
            this.at = at;
            this.status = status;
        }

        NodeId about() {
            return about;
        }

        public String description() {
            return description;
        }

        public Duration at() {
            return at;
        }

        public String status() {
            return status;
        }
    }

    ScalingGroup(WorldSpec.GroupSpec spec) {
        this.spec = spec;
        this.desired = spec.desired();
    }

    public WorldSpec.GroupSpec spec() {
        return spec;
    }

    public int desired() {
        return desired;
    }

    public List<Member> members() {
        return List.copyOf(members.values());
    }

    public java.util.SortedSet<String> suspended() {
        return Collections.unmodifiableSortedSet(suspended);
    }

    /** The newest first. */
    public List<Activity> activities() {
        return Collections.unmodifiableList(activities);
    }

    public boolean refreshing(Duration now) {
        return now.compareTo(refreshingUntil) < 0;
    }

    void began(NodeId about, String description, Duration at, String status) {
        activities.addFirst(new Activity(about, description, at, status));
        while (activities.size() > REMEMBERED) {
            activities.removeLast();
        }
    }

    void ended(NodeId about) {
        activities.stream()
                .filter(activity -> activity.about().equals(about) && activity.status.equals("InProgress"))
                .forEach(activity -> activity.status = "Successful");
    }

    /** Those that count toward its size. */
    long counted() {
        return members.values().stream()
                .filter(member -> !member.lifecycle.ends() && member.lifecycle != Lifecycle.STANDBY)
                .count();
    }
}
