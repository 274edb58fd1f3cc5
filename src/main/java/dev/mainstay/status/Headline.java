package dev.mainstay.status;

import dev.mainstay.planning.Phase;
import dev.mainstay.status.StatusView.ClusterView;
import dev.mainstay.status.StatusView.ConditionView;
import dev.mainstay.status.StatusView.GapView;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The one sentence that says whether all is well, and how well.
 *
 * @param sentence begins in capitals and ends with a full stop
 */
record Headline(Level level, String sentence) {

    /** In rising order of worry. */
    enum Level {
        FINE,
        WAITING,
        WARNING,
        CRITICAL
    }

    /** Of all clusters: the worst one's sentence, and how the others fare. */
    static Headline of(StatusView status) {
        List<ClusterView> clusters = status.clusters();
        if (clusters.isEmpty()) {
            return new Headline(Level.WAITING, "No cluster is configured.");
        }
        if (clusters.size() == 1) {
            return of(clusters.getFirst(), status.now());
        }
        ClusterView worst = clusters.stream()
                .max(Comparator.comparing(cluster -> of(cluster, status.now()).level()))
                .orElseThrow();
        Headline headline = of(worst, status.now());
        if (headline.level() == Level.FINE) {
            return new Headline(Level.FINE, "Fine: all %d clusters are in full service.".formatted(clusters.size()));
        }
        return new Headline(headline.level(), "%s: %s".formatted(worst.name(), headline.sentence()));
    }

    static Headline of(ClusterView cluster, Instant now) {
        Integer serving = cluster.serving();
        if (cluster.observedAt() == null) {
            return new Headline(Level.WAITING, "Waiting for the first look at the cluster.");
        }
        if (stale(cluster, cluster.observedAt(), now)) {
            return new Headline(
                    Level.CRITICAL,
                    "No pass since %s, %s ago: what stands here is old."
                            .formatted(
                                    PageText.time(cluster.observedAt(), now),
                                    PageText.span(Duration.between(cluster.observedAt(), now))));
        }
        if (serving == null) {
            return new Headline(Level.CRITICAL, "Nothing could be seen of the cluster yet%s.".formatted(why(cluster)));
        }
        String count = "%d of %d in service".formatted(serving, cluster.desired());
        Optional<ConditionView> worst = worst(cluster);
        boolean critical = worst.filter(condition -> Severity.of(condition.name()) == Severity.CRITICAL)
                .isPresent();
        if (serving < cluster.floor()) {
            return new Headline(
                    Level.CRITICAL, "Below the floor of %d: %s%s.".formatted(cluster.floor(), count, coming(cluster)));
        }
        if (critical) {
            return new Headline(
                    Level.CRITICAL,
                    "Needs attention: %s; %s."
                            .formatted(count, worst.orElseThrow().text()));
        }
        if (cluster.gaps().stream().anyMatch(GapView::vital)) {
            return new Headline(Level.WARNING, "Half blind: %s when last seen%s.".formatted(count, why(cluster)));
        }
        if (serving < cluster.desired()) {
            return new Headline(Level.WARNING, "Healing: %s%s.".formatted(count, coming(cluster)));
        }
        if (worst.filter(condition -> Severity.of(condition.name()) == Severity.WARNING)
                .isPresent()) {
            return new Headline(
                    Level.WARNING, "Watch: %s; %s.".formatted(count, worst.get().text()));
        }
        return new Headline(Level.FINE, "Fine: %s.".formatted(count));
    }

    /** As long as the planner itself would distrust: three intervals, or two minutes if that is more. */
    private static boolean stale(ClusterView cluster, Instant observedAt, Instant now) {
        Duration limit = Duration.ofMillis((long) (cluster.intervalSeconds() * 3000));
        Duration patience = limit.compareTo(Duration.ofMinutes(2)) > 0 ? limit : Duration.ofMinutes(2);
        return now.isAfter(observedAt.plus(patience));
    }

    private static Optional<ConditionView> worst(ClusterView cluster) {
        // The first of the worst: conditions come in the planner's order.
        return cluster.conditions().stream()
                .reduce((a, b) -> Severity.of(b.name()).compareTo(Severity.of(a.name())) > 0 ? b : a);
    }

    private static String why(ClusterView cluster) {
        return cluster.gaps().stream()
                .filter(GapView::vital)
                .findFirst()
                .map(gap -> " (%s: %s)".formatted(gap.source(), gap.text()))
                .orElse("");
    }

    private static String coming(ClusterView cluster) {
        long coming = cluster.nodes().stream()
                .filter(node -> node.phase().equals(Phase.COMING.label()))
                .count();
        return coming == 0 ? "" : ", %d coming".formatted(coming);
    }
}
