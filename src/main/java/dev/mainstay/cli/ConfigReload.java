package dev.mainstay.cli;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Gap;
import dev.mainstay.config.ConfigReader;
import dev.mainstay.config.MainstayConfig;
import dev.mainstay.config.Mistake;
import dev.mainstay.config.Reading;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the config file again while the daemon runs. A file that is in order is followed from the next pass of each cluster
 * on; with a mistake in it the running config holds, and every cluster says so until the next good one. Thread-safe.
 */
final class ConfigReload implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger("mainstay");

    private final Path file;
    private final Consumer<MainstayConfig> follow;
    private final Consumer<Gap> refuse;
    private final InstantSource clock;
    private volatile Reading.Read running;

    /**
     * A reload of this file.
     *
     * @param running what the daemon runs on
     * @param follow takes up a config that is in order
     * @param refuse is told why a changed config is not taken up
     */
    ConfigReload(
            Path file,
            Reading.Read running,
            Consumer<MainstayConfig> follow,
            Consumer<Gap> refuse,
            InstantSource clock) {
        this.file = file;
        this.running = running;
        this.follow = follow;
        this.refuse = refuse;
        this.clock = clock;
    }

    /** The config that holds. */
    MainstayConfig running() {
        return running.config();
    }

    @Override
    public synchronized void run() {
        switch (ConfigReader.read(file)) {
            case Reading.Refused refused ->
                refuse(refused.mistakes().stream().map(Mistake::toString).toList());
            case Reading.Read read -> {
                List<String> moved = moved(read.config());
                if (moved.isEmpty()) {
                    follow(read);
                } else {
                    refuse(moved);
                }
            }
        }
    }

    private void refuse(List<String> mistakes) {
        mistakes.forEach(LOG::error);
        String others = mistakes.size() == 1 ? "" : " (and %d more, in the log)".formatted(mistakes.size() - 1);
        refuse.accept(new Gap(Gap.Source.CONFIG, clock.instant(), mistakes.getFirst() + others));
        LOG.error("the config was not reloaded: the one that runs holds");
    }

    private void follow(Reading.Read read) {
        read.warnings().forEach(warning -> LOG.warn("{}", warning));
        if (!read.config().state().equals(running.config().state())) {
            LOG.warn("{}: mainstay.state takes effect at the next start", file);
        }
        if (!texts(read.bootKeys()).equals(texts(running.bootKeys()))) {
            LOG.warn("{}: the keys of Spring Boot (server and the like) take effect at the next start", file);
        }
        follow.accept(read.config());
        running = read;
        LOG.info(
                "the config was reloaded: supervising {}",
                read.config().clusters().stream()
                        .map(cluster -> cluster.name().value())
                        .collect(Collectors.joining(", ")));
    }

    /** The values, without the places in the file that they came from. */
    private static Map<String, String> texts(Map<String, Object> bootKeys) {
        return bootKeys.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
    }

    /** A cluster's nodes cannot follow it to another region: they would run on where they are, and nobody would look. */
    private List<String> moved(MainstayConfig config) {
        Map<ClusterName, ClusterSpec> before =
                running.config().clusters().stream().collect(Collectors.toMap(ClusterSpec::name, Function.identity()));
        return config.clusters().stream()
                .filter(spec -> {
                    ClusterSpec old = before.get(spec.name());
                    return old != null && !old.region().equals(spec.region());
                })
                .map(spec ->
                        "%s: mainstay.clusters.%s.region: a cluster cannot move to another region; give it a new name"
                                .formatted(file, spec.name()))
                .toList();
    }
}
