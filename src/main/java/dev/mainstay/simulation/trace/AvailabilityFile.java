package dev.mainstay.simulation.trace;

import dev.mainstay.cluster.Zone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The content of one file of availability: the time between ticks, and how many instances could run at each. */
record AvailabilityFile(Duration gap, List<Integer> data) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String EXPECTED = "{\"metadata\":{\"gap_seconds\":300},\"data\":[4,4,0]} is expected";

    /** No zone of AWS has more; a larger number is another unit. */
    private static final double MOST = 1_000_000;

    Duration length() {
        return gap.multipliedBy(data.size());
    }

    CapacityTrace trace(Zone zone, Duration length) {
        int ticks = (int) Math.max(1, length.dividedBy(gap));
        return CapacityTrace.of(
                zone,
                gap,
                data.stream().limit(ticks).mapToInt(Integer::intValue).toArray());
    }

    /** @param override in place of the gap that the file says */
    static Optional<AvailabilityFile> read(Path file, String text, Optional<Duration> override, Mistakes mistakes) {
        Optional<Duration> gap = override;
        boolean told = false;
        List<Integer> data = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue() && "gap_seconds".equals(parser.currentName())) {
                    told = true;
                    if (override.isEmpty()) {
                        gap = seconds(file, parser, mistakes);
                    }
                } else if (token == JsonToken.START_ARRAY && "data".equals(parser.currentName())) {
                    data(file, parser, data, mistakes);
                }
            }
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            mistakes.add(file, line, "this is no valid JSON, or its end is missing; " + EXPECTED);
            return Optional.empty();
        }
        if (!told && override.isEmpty()) {
            mistakes.add(file, 1, "no metadata.gap_seconds, the time between two ticks; " + EXPECTED);
        }
        if (data.isEmpty() && !mistakes.inFile()) {
            mistakes.add(file, 1, "no data, the number of instances at each tick; " + EXPECTED);
        }
        return mistakes.inFile() ? Optional.empty() : gap.map(time -> new AvailabilityFile(time, data));
    }

    private static Optional<Duration> seconds(Path file, JsonParser parser, Mistakes mistakes) {
        double seconds = Fields.number(parser.getString()).orElse(-1);
        if (seconds > 0 && seconds <= Duration.ofDays(1).toSeconds()) {
            return Optional.of(Duration.ofMillis(Math.round(seconds * 1000)));
        }
        mistakes.add(
                file,
                parser.currentTokenLocation().getLineNr(),
                "gap_seconds is '%s'; a number above 0 and up to 86400 is allowed".formatted(parser.getString()));
        return Optional.empty();
    }

    private static void data(Path file, JsonParser parser, List<Integer> data, Mistakes mistakes) {
        for (int tick = 0; parser.nextToken() != JsonToken.END_ARRAY; tick++) {
            JsonToken token = parser.currentToken();
            double value = token.isNumeric() ? parser.getDoubleValue() : -1;
            if (value >= 0 && value <= MOST && value == Math.rint(value)) {
                data.add((int) value);
                continue;
            }
            String shown = token.isStructStart() ? "a structure" : "'" + parser.getString() + "'";
            mistakes.add(
                    file,
                    parser.currentTokenLocation().getLineNr(),
                    "data[%d] is %s; a whole number of instances, 0 or more, is allowed".formatted(tick, shown));
            if (token.isStructStart()) {
                parser.skipChildren();
            }
        }
    }
}
