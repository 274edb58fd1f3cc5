package dev.mainstay.config;

import dev.mainstay.cluster.Surroundings.PauseFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code PAUSE} beside a config: the way to stop Mainstay that works with nothing but a shell. Its first line says
 * why; a line {@code until 2026-03-02T18:00:00Z} ends it. That it is there is what counts: whatever cannot be read in it
 * does not make it less of a pause.
 */
public final class PauseNote implements Supplier<@Nullable PauseFile> {
    private static final String UNTIL = "until ";
    /** More than anybody writes; somebody may have copied a whole log there. */
    private static final int LONGEST = 10_000;

    private final Path file;

    private PauseNote(Path file) {
        this.file = file;
    }

    public static PauseNote beside(Path config) {
        return new PauseNote(config.toAbsolutePath().resolveSibling("PAUSE"));
    }

    /** As it is now; null where there is none. */
    @Override
    public @Nullable PauseFile get() {
        Instant since;
        try {
            since = Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            return null;
        }
        List<String> lines;
        try {
            lines = lines();
        } catch (IOException e) {
            return new PauseFile(since, null, "it cannot be read, so that nobody knows why");
        }
        String why = lines.stream()
                .filter(line -> !line.startsWith(UNTIL))
                .findFirst()
                .map(Quoted::key)
                .orElse("it gives no reason");
        Optional<String> end =
                lines.stream().filter(line -> line.startsWith(UNTIL)).findFirst();
        Instant until = end.map(line -> line.substring(UNTIL.length()))
                .map(PauseNote::time)
                .orElse(null);
        return end.isPresent() && until == null
                ? new PauseFile(
                        since, null, "%s (it ends with the file: %s is no time)".formatted(why, Quoted.of(end.get())))
                : new PauseFile(since, until, why);
    }

    private List<String> lines() throws IOException {
        try (var in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
            return text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    private static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
