package dev.mainstay.simulation.trace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads comma-separated text with a line of column names; fields may be quoted, blank lines are passed over. */
final class Csv {
    private Csv() {}

    /**
     * The rows, or none and a mistake where a column is missing. Rows with too few fields are mistakes, and left out.
     */
    static List<Row> rows(Path file, String text, List<Column> required, Mistakes mistakes) {
        List<Row> rows = new ArrayList<>();
        List<String> columns = List.of();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            List<String> fields = fields(line);
            if (columns.isEmpty()) {
                columns = fields.stream().map(Row::plain).toList();
                if (!complete(file, number, columns, required, mistakes)) {
                    return List.of();
                }
            } else if (fields.size() != columns.size()) {
                mistakes.add(
                        file,
                        number,
                        "%d fields where the header has %d columns; every line needs as many as the header"
                                .formatted(fields.size(), columns.size()));
            } else {
                Map<String, String> values = new HashMap<>();
                for (int i = 0; i < fields.size(); i++) {
                    values.put(columns.get(i), fields.get(i));
                }
                rows.add(new Row(number, values));
            }
        }
        return rows;
    }

    private static boolean complete(
            Path file, int line, List<String> columns, List<Column> required, Mistakes mistakes) {
        Set<String> distinct = new HashSet<>(columns);
        List<String> missing = required.stream()
                .filter(column -> !column.in(distinct))
                .map(Column::label)
                .toList();
        if (!missing.isEmpty()) {
            mistakes.add(
                    file,
                    line,
                    "no column '%s'; the first line must name the columns, separated by commas, with at least %s"
                            .formatted(
                                    String.join("', '", missing),
                                    String.join(
                                            " and ",
                                            required.stream().map(Column::label).toList())));
        } else if (distinct.size() < columns.size()) {
            mistakes.add(file, line, "two columns have the same name; each name may stand once");
        }
        return missing.isEmpty() && distinct.size() == columns.size();
    }

    static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                boolean doubled = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
                if (doubled) {
                    field.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
