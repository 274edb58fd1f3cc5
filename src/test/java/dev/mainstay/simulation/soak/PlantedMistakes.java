package dev.mainstay.simulation.soak;

import dev.mainstay.testing.GeneratedTable;
import dev.mainstay.testing.PlantedParts;
import dev.mainstay.testing.Planting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Plants every mistake in the simulated daemon, one at a time, and shows which check noticed: a documented run. The arguments
 * name mistakes, none means all; a whole run writes its table into {@code docs/reliability.md}.
 */
public final class PlantedMistakes {
    private static final int SEEDS = 60;
    private static final Duration LENGTH = Duration.ofHours(12);

    private PlantedMistakes() {}

    public static void main(String... names) throws IOException {
        List<Planting> planted = Arrays.stream(Planting.values())
                .filter(mistake -> names.length == 0 || Arrays.asList(names).contains(name(mistake)))
                .toList();
        List<String> rows = new ArrayList<>();
        int noticed = 0;
        for (Planting mistake : planted) {
            Optional<Breach> breach = firstBreach(mistake, SEEDS);
            noticed += breach.isPresent() ? 1 : 0;
            String row = "| `%s`: %s | %s | %s |"
                    .formatted(
                            name(mistake),
                            mistake.mistake(),
                            breach.map(Breach::invariant).orElse("nobody in %d seeds".formatted(SEEDS)),
                            breach.map(found -> Long.toString(found.seed())).orElse(""));
            System.out.println(row);
            rows.add(row);
        }
        System.out.printf("%d of %d noticed%n", noticed, planted.size());
        if (names.length == 0) {
            GeneratedTable.of("planted in the simulation", "| mistake | noticed by | seed |")
                    .write(rows);
        }
    }

    private static String name(Planting mistake) {
        return mistake.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Of the first so many seeds, the first that breaks something. */
    static Optional<Breach> firstBreach(Planting mistake, int seeds) {
        return LongStream.rangeClosed(1, seeds)
                .mapToObj(seed -> breach(seed, mistake))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Breach> breach(long seed, Planting mistake) {
        SoakOptions options = new SoakOptions(seed, 1, LENGTH, 6, EnumSet.allOf(FaultKind.class), JournalKind.MEMORY);
        try (Trial trial = new Trial(options, seed, PlantedParts.with(mistake), line -> {})) {
            return Optional.ofNullable(trial.run().breach());
        }
    }
}
