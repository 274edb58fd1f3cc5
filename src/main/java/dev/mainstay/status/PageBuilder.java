package dev.mainstay.status;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.Mode;
import dev.mainstay.planning.Phase;
import dev.mainstay.status.PageModel.Credits;
import dev.mainstay.status.PageModel.Did;
import dev.mainstay.status.PageModel.Held;
import dev.mainstay.status.PageModel.Line;
import dev.mainstay.status.PageModel.Mark;
import dev.mainstay.status.PageModel.Node;
import dev.mainstay.status.StatusView.ClusterView;
import dev.mainstay.status.StatusView.ConditionView;
import dev.mainstay.status.StatusView.CreditsView;
import dev.mainstay.status.StatusView.GapView;
import dev.mainstay.status.StatusView.NodeView;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Makes the page's words out of the status and the feed. */
final class PageBuilder {
    /** What fits on a screen beside the nodes; the log has the rest. */
    private static final int DECISIONS = 15;

    private static final int BAR = 60;

    private final DecisionFeed feed;
    private final Banner banner;
    private final CreditCeiling ceiling;

    PageBuilder(DecisionFeed feed, Banner banner, CreditCeiling ceiling) {
        this.feed = feed;
        this.banner = banner;
        this.ceiling = ceiling;
    }

    PageModel model(StatusView status, String css) {
        Headline headline = Headline.of(status);
        Mark mark = Marks.of(headline.level());
        return new PageModel(
                css,
                "%s %s – Mainstay".formatted(mark.symbol(), headline.sentence()),
                mark,
                headline.sentence(),
                banner.text().orElse(null),
                PageText.time(status.now(), status.now()),
                status.now().toString(),
                status.clusters().size() > 1,
                status.clusters().stream()
                        .map(cluster -> cluster(cluster, status.now()))
                        .toList());
    }

    private PageModel.Cluster cluster(ClusterView cluster, Instant now) {
        Headline headline = Headline.of(cluster, now);
        Double cost = cluster.cost().usdPerHour();
        Double allOnDemand = cluster.cost().onDemandUsdPerHour();
        return new PageModel.Cluster(
                cluster.name(),
                cluster.region(),
                cluster.mode(),
                modeNote(cluster.mode()),
                Marks.of(headline.level()),
                headline.sentence(),
                Rails.of(cluster),
                cluster.serving() == null ? "–" : cluster.serving().toString(),
                Integer.toString(cluster.desired()),
                Integer.toString(cluster.floor()),
                Integer.toString(cluster.base()),
                cluster.onDemand() == null ? null : cluster.onDemand().toString(),
                cost == null ? null : PageText.usd(cost),
                allOnDemand == null ? null : PageText.usd(allOnDemand),
                cost == null || allOnDemand == null ? null : PageText.against(cost, allOnDemand),
                cluster.observedAt() == null ? null : PageText.time(cluster.observedAt(), now),
                cluster.conditions().stream()
                        .sorted(Comparator.comparing((ConditionView each) -> Severity.of(each.name()))
                                .reversed())
                        .map(condition -> line(condition, now))
                        .toList(),
                cluster.gaps().stream().map(gap -> line(gap, now)).toList(),
                held(cluster),
                cluster.nodes().stream()
                        .sorted(Comparator.comparing(node -> node.phase().equals(Phase.LOST.label())))
                        .map(node -> node(node, now))
                        .toList(),
                feed.newest(new ClusterName(cluster.name()), DECISIONS).stream()
                        .map(decision -> did(decision, now))
                        .toList());
    }

    private static @Nullable String modeNote(String mode) {
        if (mode.equals(Mode.OBSERVE.label())) {
            return "Observing only: nothing is changed. What it would do stands under “Held back”.";
        }
        return mode.equals(Mode.QUARANTINE.label())
                ? "Quarantine: it launches what is missing and takes sick nodes out of rotation; it terminates nothing."
                : null;
    }

    private static Line line(ConditionView condition, Instant now) {
        return new Line(
                Marks.of(Severity.of(condition.name())),
                condition.name(),
                condition.text(),
                PageText.time(condition.since(), now),
                condition.since().toString(),
                PageText.span(Duration.between(condition.since(), now)));
    }

    private static Line line(GapView gap, Instant now) {
        return new Line(
                Marks.of(gap.vital() ? Severity.CRITICAL : Severity.NOTE),
                gap.source(),
                gap.text(),
                PageText.time(gap.since(), now),
                gap.since().toString(),
                PageText.span(Duration.between(gap.since(), now)));
    }

    private static List<Held> held(ClusterView cluster) {
        return cluster.withheld().stream()
                .map(each -> new Held(
                        each.guard(),
                        // The sentence names the guard, which stands beside it already.
                        each.text().replace(", held by " + each.guard() + ":", ":")))
                .toList();
    }

    private Node node(NodeView node, Instant now) {
        return new Node(
                node.id(),
                node.type() == null ? "–" : node.type(),
                node.zone() == null ? "–" : node.zone(),
                node.market() == null ? "–" : node.market(),
                node.role(),
                Marks.of(Phase.valueOf(node.phase().toUpperCase(Locale.ROOT).replace('-', '_'))),
                Marks.ofHealth(node.healthy()),
                credits(node, now),
                node.text());
    }

    private @Nullable Credits credits(NodeView node, Instant now) {
        CreditsView credits = node.credits();
        if (credits == null || credits.balance() == null) {
            return null;
        }
        double balance = credits.balance();
        OptionalDouble full = node.type() == null ? OptionalDouble.empty() : ceiling.of(node.type());
        double share = full.isPresent() ? Math.clamp(balance / full.getAsDouble(), 0, 1) : 1;
        Instant ends = credits.exhaustsAt();
        String colour = share < 0.05 ? "bad" : ends != null || share < 0.2 ? "warn" : "good";
        return new Credits(
                PageText.credits(balance),
                full.isPresent() ? (int) Math.round(BAR * share) : null,
                colour,
                ends == null ? null : ends.isAfter(now) ? "ends " + PageText.time(ends, now) : "ended");
    }

    private static Did did(Decision decision, Instant now) {
        boolean done = decision.verdict() == Decision.Verdict.DONE;
        String detail = decision.detail();
        return new Did(
                Marks.of(decision.verdict()),
                PageText.time(decision.at(), now),
                decision.at().toString(),
                decision.deed(),
                done ? detail : null,
                decision.why(),
                done || detail == null ? null : decision.guard() == null ? detail : decision.guard() + ": " + detail,
                decision.times() == 1 ? null : "%d times".formatted(decision.times()));
    }
}
