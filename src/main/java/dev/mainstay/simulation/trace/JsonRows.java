package dev.mainstay.simulation.trace;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the objects of JSON text as rows, wherever they stand in it. Documents may follow one another in one file, as
 * the pages of an AWS answer do when they are appended to it.
 */
final class JsonRows {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonRows() {}

    /** An object that has not ended yet: the line on which it began, and its plain values so far. */
    private record Open(int line, Map<String, String> values) {}

    /** The objects that have this column, in the order of their ends; or those before a mistake in the JSON itself. */
    static List<Row> rows(Path file, String text, Column column, Mistakes mistakes) {
        List<Row> rows = new ArrayList<>();
        Deque<Open> open = new ArrayDeque<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    open.push(new Open(parser.currentTokenLocation().getLineNr(), new HashMap<>()));
                } else if (token == JsonToken.END_OBJECT) {
                    Open ended = open.pop();
                    if (column.in(ended.values().keySet())) {
                        rows.add(new Row(ended.line(), ended.values()));
                    }
                } else if (token.isScalarValue() && parser.currentName() != null && !open.isEmpty()) {
                    open.element().values().put(Row.plain(parser.currentName()), parser.getString());
                }
            }
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            mistakes.add(file, line, "this is no valid JSON, or its end is missing; write the file again");
        }
        return rows;
    }
}
