package dev.mainstay.simulation.trace;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads when the nodes of a spot cluster came and went: lines {@code milliseconds,add|remove,node}, in order of time. As many as
 * were there at a time could be had then; whether more could nobody wrote down.
 */
final class EventFile {
    /** How finely it is read: several that went within one such time went together. */
    private static final Duration GAP = Duration.ofSeconds(30);

    private static final Pattern LINE = Pattern.compile("[^,{]+,(add|remove),.*");
    private static final String EXPECTED =
            "a line such as 480000,add,node1 (milliseconds, add or remove, a name) is expected";
    private static final double LONGEST = Duration.ofDays(3660).toMillis();

    private EventFile() {}

    /** Whether the text looks like this, and not like JSON. */
    static boolean is(String text) {
        return LINE.matcher(text.strip().lines().findFirst().orElse("")).matches();
    }

    static Optional<AvailabilityFile> read(Path file, String text, Mistakes mistakes) {
        List<Integer> data = new ArrayList<>();
        Set<String> there = new HashSet<>();
        double last = 0;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String[] fields = line.strip().split(",", -1);
            OptionalDouble at = fields.length == 3 ? Fields.number(fields[0].strip()) : OptionalDouble.empty();
            if (at.isEmpty() || at.getAsDouble() > LONGEST || fields[2].isBlank()) {
                mistakes.add(file, number, "'%s': %s".formatted(line.strip(), EXPECTED));
                continue;
            }
            if (at.getAsDouble() < last) {
                mistakes.add(
                        file,
                        number,
                        "'%s' is earlier than the line before it; lines go in order of time".formatted(fields[0]));
                continue;
            }
            last = at.getAsDouble();
            fill(data, last, there.size());
            boolean changed = switch (fields[1].strip()) {
                case "add" -> there.add(fields[2].strip());
                case "remove" -> there.remove(fields[2].strip());
                default -> false;
            };
            if (!changed) {
                mistakes.add(
                        file,
                        number,
                        "'%s': nothing that is not there can go, nor come twice; %s".formatted(line.strip(), EXPECTED));
            }
        }
        data.add(there.size());
        return mistakes.inFile() ? Optional.empty() : Optional.of(new AvailabilityFile(GAP, data));
    }

    /** Until this time there were so many. */
    private static void fill(List<Integer> data, double until, int there) {
        while (data.size() * (double) GAP.toMillis() < until) {
            data.add(there);
        }
    }
}
