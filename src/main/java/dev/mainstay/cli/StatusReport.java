package dev.mainstay.cli;

import dev.mainstay.status.PageText;
import dev.mainstay.status.StatusView;
import dev.mainstay.status.StatusView.ClusterView;
import dev.mainstay.status.StatusView.CreditsView;
import dev.mainstay.status.StatusView.NodeView;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The status as a text for a terminal. */
final class StatusReport {
    private static final String UNKNOWN = "-";

    private StatusReport() {}

    static String of(StatusView status) {
        if (status.clusters().isEmpty()) {
            return "no cluster is supervised\n";
        }
        return status.clusters().stream()
                .map(cluster -> of(cluster, status.now()))
                .collect(Collectors.joining("\n"));
    }

    static String of(ClusterView cluster, Instant now) {
        StringBuilder text = new StringBuilder();
        text.append("%s (%s, %s mode): %s of %d in service, floor %d, base %d\n"
                .formatted(
                        cluster.name(),
                        cluster.region(),
                        cluster.mode(),
                        cluster.serving() == null ? "unknown" : cluster.serving(),
                        cluster.desired(),
                        cluster.floor(),
                        cluster.base()));
        if (cluster.observedAt() == null) {
            return text.append("  no pass yet\n").toString();
        }
        text.append("last looked at %s UTC; %s\n".formatted(PageText.time(cluster.observedAt(), now), cost(cluster)));
        section(
                text,
                "conditions",
                cluster.conditions().stream()
                        .map(each -> List.of(each.name(), "since " + PageText.time(each.since(), now), each.text())));
        section(
                text,
                "could not be read",
                cluster.gaps().stream()
                        .map(each -> List.of(each.source(), "since " + PageText.time(each.since(), now), each.text())));
        section(text, "nodes", cluster.nodes().stream().map(node -> row(node, now)));
        section(
                text,
                "actions of the last pass",
                cluster.actions().stream()
                        .map(each -> List.of(
                                known(each.outcome()),
                                each.detail() == null ? each.text() : each.text() + " -> " + each.detail())));
        section(text, "held back", cluster.withheld().stream().map(each -> List.of(each.guard(), each.text())));
        return text.toString();
    }

    private static String cost(ClusterView cluster) {
        Double now = cluster.cost().usdPerHour();
        Double other = cluster.cost().onDemandUsdPerHour();
        if (now == null) {
            return "cost unknown";
        }
        String cost = PageText.usd(now) + " an hour";
        return other == null
                ? cost
                : "%s, %s %s all on-demand".formatted(cost, PageText.against(now, other), PageText.usd(other));
    }

    private static List<String> row(NodeView node, Instant now) {
        return List.of(
                node.id(),
                known(node.type()),
                known(node.zone()),
                known(node.market()),
                node.role(),
                node.phase(),
                node.healthy() == null ? UNKNOWN : node.healthy() ? "healthy" : "sick",
                credits(node.credits(), now),
                node.text() == null ? "" : node.text());
    }

    private static String credits(@Nullable CreditsView credits, Instant now) {
        if (credits == null || credits.balance() == null) {
            return UNKNOWN;
        }
        String balance = PageText.credits(credits.balance()) + " credits";
        return credits.exhaustsAt() == null
                ? balance
                : "%s, end %s".formatted(balance, PageText.time(credits.exhaustsAt(), now));
    }

    private static String known(@Nullable String value) {
        return value == null ? UNKNOWN : value;
    }

    /** A heading and its rows, the columns as wide as their widest cell; nothing if there are no rows. */
    private static void section(StringBuilder text, String heading, Stream<List<String>> cells) {
        List<List<String>> rows = cells.toList();
        if (rows.isEmpty()) {
            return;
        }
        text.append("\n%s\n".formatted(heading));
        int[] widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        for (List<String> row : rows) {
            String line = IntStream.range(0, row.size())
                    .mapToObj(column -> row.get(column)
                            + " ".repeat(widths[column] - row.get(column).length()))
                    .collect(Collectors.joining("  ", "  ", ""));
            text.append(line.stripTrailing()).append('\n');
        }
    }
}
