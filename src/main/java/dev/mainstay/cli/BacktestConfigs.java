package dev.mainstay.cli;

import dev.mainstay.backtest.Contender;
import dev.mainstay.backtest.policy.Policies;
import dev.mainstay.cluster.ClusterSpec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The clusters of the configs that are compared, by the names under which they are. */
record BacktestConfigs(Map<String, ClusterSpec> clusters) {

    static BacktestConfigs read(List<Path> files, @Nullable String cluster, PrintWriter err) {
        Map<String, ClusterSpec> clusters = new LinkedHashMap<>();
        for (Path file : files) {
            List<ClusterSpec> found = ConfigArgument.read(file, err).config().clusters();
            List<ClusterSpec> meant = found.stream()
                    .filter(one -> cluster == null || one.name().value().equals(cluster))
                    .toList();
            if (meant.size() != 1) {
                throw new CommandFailed(
                        ExitCode.BAD_USAGE,
                        "%s: %s; --cluster names one of %s"
                                .formatted(
                                        file,
                                        meant.isEmpty()
                                                ? "it has no cluster " + cluster
                                                : "it has %d clusters".formatted(found.size()),
                                        String.join(
                                                ", ",
                                                found.stream()
                                                        .map(one -> one.name().value())
                                                        .toList())));
            }
            String name = files.size() == 1 ? Policies.MAINSTAY : Policies.MAINSTAY + "(" + file + ")";
            clusters.put(name, meant.getFirst());
        }
        return new BacktestConfigs(clusters);
    }

    List<Contender> contenders() {
        List<Contender> contenders = new ArrayList<>();
        clusters.forEach((name, spec) -> contenders.add(Policies.of(name, spec)));
        return contenders;
    }

    /** How many nodes are wanted, as the first of them says. */
    Optional<ClusterSpec.Capacity> capacity() {
        return clusters.values().stream().findFirst().map(ClusterSpec::capacity);
    }
}
