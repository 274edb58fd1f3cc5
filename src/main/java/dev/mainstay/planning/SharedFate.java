package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Labelled;
import dev.mainstay.cluster.StatusCheck;
import dev.mainstay.cluster.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether so many nodes are not well at once that the cause is probably shared: the database, the file server, a deploy, the
 * check itself. Sick are running nodes that EC2 calls well and the balancer calls sick. Where one was given up for that and
 * its replacement does not serve yet, its place counts as not well either: otherwise nodes that go bad one by one, faster
 * than they are replaced, would all be given up. Lost nodes do not enter it.
 *
 * @param sick those who are sick and not yet given up
 * @param well those in service who are not sick
 * @param unreplaced places of those given up for their health that neither of them fills yet
 * @param limit the share above which it is taken for a shared fate, as a ratio
 */
public record SharedFate(List<Standing> sick, List<Standing> well, int unreplaced, double limit) {
    /** A single sick node is always replaced: it cannot share anything. */
    static final int LEAST = 2;

    private static final Set<String> WRONG_ANSWERS = Set.of("Target.ResponseCodeMismatch", "Target.FailedHealthChecks");

    public SharedFate {
        sick = List.copyOf(sick);
        well = List.copyOf(well);
    }

    /** What the pattern of the sick suggests. */
    public enum Likeness implements Labelled {
        /** No pattern: perhaps each on its own. */
        NODES,
        /** Everyone in one zone, and nobody elsewhere. */
        ZONE,
        /** All answer, and all wrongly: the application, a deploy, or the check. */
        APPLICATION,
        /** All are silent: something that they all wait for. */
        DEPENDENCY
    }

    static SharedFate of(ClusterSpec spec, Collection<Standing> nodes, @Nullable Canary canary) {
        // While it is under trial the canary is a witness, and no party.
        Collection<Standing> parties = canary == null || !canary.holds()
                ? nodes
                : nodes.stream().filter(node -> !canary.is(node.memory())).toList();
        List<Standing> sick = parties.stream().filter(SharedFate::sick).toList();
        List<Standing> well =
                parties.stream().filter(node -> node.inService() && !sick(node)).toList();
        int missing = Math.max(0, spec.capacity().desired() - well.size() - sick.size());
        int givenUp = (int) parties.stream().filter(SharedFate::givenUp).count();
        int unreplaced = Math.min(missing, givenUp);
        return new SharedFate(sick, well, unreplaced, spec.health().maxUnhealthy());
    }

    /** Sick for all that the balancer knows, well for all that EC2 knows, and ours to judge. */
    static boolean sick(Standing node) {
        NodeMemory memory = node.memory();
        boolean running = !memory.lost()
                && memory.terminatedAt() == null
                && memory.instance().state() == InstanceState.RUNNING
                && (node.seen() == null || node.seen().statusCheck() != StatusCheck.IMPAIRED);
        boolean judged = memory.drainingSince() == null
                && memory.condemned() == null
                && memory.heldSince() == null
                && memory.keptSince() == null
                // What a node shows before it was ever healthy is its start, if we have watched it from there.
                && (memory.health().firstHealthy() != null || !memory.seenSinceLaunch());
        return running && judged && memory.health().sick() && !node.outOfCredits();
    }

    /** Given up for its health, and perhaps gone since. EC2's own word on a node tells of that node alone. */
    private static boolean givenUp(Standing node) {
        NodeMemory.Condemnation condemned = node.memory().condemned();
        boolean impaired = node.seen() != null && node.seen().statusCheck() == StatusCheck.IMPAIRED;
        return condemned != null
                && !impaired
                && switch (condemned.reason()) {
                    case Reason.UnhealthyFor _, Reason.NotSeenHealthy _ -> true;
                    default -> false;
                };
    }

    /** Whether a shared fate has to be suspected: too many, or a whole zone, got sick within so long of each other. */
    boolean suspected(Duration window) {
        List<Instant> since = sick.stream()
                .flatMap(node -> Optional.ofNullable(node.memory().health().sickSince()).stream())
                .sorted()
                .toList();
        int together = 0;
        int first = 0;
        for (int last = 0; last < since.size(); last++) {
            while (since.get(first).plus(window).isBefore(since.get(last))) {
                first++;
            }
            together = Math.max(together, last - first + 1);
        }
        // In three zones a zone is a third, and yet nothing is more surely shared.
        return tooMany(together) || together == sick.size() && sickZone().isPresent();
    }

    /** Whether a shared fate that was suspected goes on. */
    boolean lasts() {
        return tooMany(sick.size());
    }

    private boolean tooMany(int ill) {
        int notWell = ill + unreplaced;
        return ill > 0 && notWell >= LEAST && notWell > limit * total();
    }

    /** How many places were judged. */
    public int total() {
        return sick.size() + well.size() + unreplaced;
    }

    /** The zone in which everyone is sick while nobody is elsewhere. */
    Optional<Zone> sickZone() {
        Set<Zone> zones = zones(sick);
        boolean one = sick.size() >= LEAST && zones.size() == 1 && !well.isEmpty();
        return one && zones(well).stream().noneMatch(zones::contains)
                ? Optional.of(zones.iterator().next())
                : Optional.empty();
    }

    int sickIn(Zone zone) {
        return (int) sick.stream()
                .filter(node -> node.memory().instance().zone().equals(zone))
                .count();
    }

    private static Set<Zone> zones(List<Standing> nodes) {
        return nodes.stream().map(node -> node.memory().instance().zone()).collect(Collectors.toSet());
    }

    private Set<String> codes() {
        return sick.stream()
                .map(node -> node.memory().health().cause() instanceof Reason.UnhealthyFor unhealthy
                        ? unhealthy.code()
                        : "unknown")
                .collect(Collectors.toSet());
    }

    private Likeness likeness() {
        if (sickZone().isPresent()) {
            return Likeness.ZONE;
        }
        Set<String> codes = codes();
        if (codes.size() == 1 && WRONG_ANSWERS.containsAll(codes)) {
            return Likeness.APPLICATION;
        }
        return well.isEmpty() || codes.equals(Set.of("Target.Timeout")) ? Likeness.DEPENDENCY : Likeness.NODES;
    }

    /** The same in the words of a report. */
    public Reason.TooManySick reason() {
        Set<String> codes = codes();
        return new Reason.TooManySick(
                sick.size(),
                unreplaced,
                total(),
                limit,
                likeness(),
                sickZone().orElse(null),
                codes.size() == 1 ? codes.iterator().next() : null);
    }
}
