package dev.mainstay.simulation.trace;

import dev.mainstay.cluster.Zone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads availability histories: JSON {@code {"metadata":{"gap_seconds":300},"data":[4,4,0,…]}}, one zone in a file, a
 * directory for the zones of one cluster. Or when nodes came and went, lines {@code milliseconds,add|remove,node}. A number is how many spot instances can run at that tick. The zone is found
 * in the file's name ({@code us-east-1f_v100_1.json}); where there is none, or several files have the same, the whole
 * name stands for it. Zones are aligned from their start and cut to the shortest.
 */
public final class AvailabilityReader {
    private static final List<String> ENDINGS = List.of(".json", ".csv");
    private static final Pattern ZONE =
            Pattern.compile("(?<![a-z0-9])[a-z]{2}(-[a-z]+)+-\\d+(-[a-z]+-\\d+)?[a-z](?![a-z0-9])");

    private final Optional<Duration> gap;

    /** A reader that takes the time between ticks from the files. */
    public AvailabilityReader() {
        this(Optional.empty());
    }

    /** @param gap the time between ticks, in place of what the files say */
    public AvailabilityReader(Optional<Duration> gap) {
        this.gap = gap;
    }

    /**
     * Reads all these files, and the {@code .json} and {@code .csv} files of directories.
     *
     * @throws TraceException with all that is wrong with them
     */
    public Recorded<SortedMap<Zone, CapacityTrace>> read(List<Path> paths) {
        Mistakes mistakes = new Mistakes();
        List<Path> files = TraceFiles.find(paths, ENDINGS, mistakes);
        Map<Path, AvailabilityFile> contents = new HashMap<>();
        for (Path file : files) {
            TraceFiles.text(file, mistakes)
                    .flatMap(text -> EventFile.is(text)
                            ? EventFile.read(file, text, mistakes)
                            : AvailabilityFile.read(file, text, gap, mistakes))
                    .ifPresent(content -> contents.put(file, content));
            mistakes.close(file);
        }
        SortedMap<Zone, Path> zones = zones(files, mistakes);
        mistakes.raise();
        Duration shortest = contents.values().stream()
                .map(AvailabilityFile::length)
                .min(Duration::compareTo)
                .orElseThrow();
        SortedMap<Zone, CapacityTrace> traces = new TreeMap<>();
        List<String> remarks = new ArrayList<>();
        zones.forEach((zone, file) -> {
            AvailabilityFile content = contents.get(file);
            if (content == null) {
                return;
            }
            if (content.length().compareTo(shortest) > 0) {
                remarks.add("%s: %.1f days were cut to the %.1f of the shortest file"
                        .formatted(file, days(content.length()), days(shortest)));
            }
            traces.put(zone, content.trace(zone, shortest));
        });
        return new Recorded<>(traces, TraceFiles.origin(files), remarks);
    }

    private static SortedMap<Zone, Path> zones(List<Path> files, Mistakes mistakes) {
        SortedMap<Zone, List<Path>> byZone = new TreeMap<>();
        for (Path file : files) {
            Matcher zone = ZONE.matcher(TraceFiles.baseName(file).toLowerCase(Locale.ROOT));
            byZone.computeIfAbsent(zone.find() ? new Zone(zone.group()) : whole(file), unseen -> new ArrayList<>())
                    .add(file);
        }
        SortedMap<Zone, Path> zones = new TreeMap<>();
        byZone.forEach((zone, sharing) -> sharing.forEach(file -> {
            Path other = zones.put(sharing.size() == 1 ? zone : whole(file), file);
            if (other != null) {
                mistakes.add(file, "%s has the same name; each zone may have one file".formatted(other));
            }
        }));
        return zones;
    }

    private static Zone whole(Path file) {
        return new Zone(TraceFiles.baseName(file).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
    }

    private static double days(Duration duration) {
        return duration.toSeconds() / 86400.0;
    }
}
