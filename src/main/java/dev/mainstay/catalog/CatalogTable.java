package dev.mainstay.catalog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One shipped table: comment lines, of which the first is {@code # as of <date>}, a line of column names, then rows.
 * Fields hold no commas, so none are quoted. A mistake here is a mistake of the build, not of a user.
 */
record CatalogTable(LocalDate asOf, List<String> columns, List<Row> rows) {
    private static final String DATE = "# as of ";

    record Row(List<String> columns, List<String> fields) {
        String get(String column) {
            return fields.get(columns.indexOf(column));
        }
    }

    static CatalogTable read(String resource) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(CatalogTable.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
            return parse(resource, reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + resource, e);
        }
    }

    private static CatalogTable parse(String name, List<String> lines) {
        LocalDate asOf = LocalDate.parse(lines.getFirst().substring(DATE.length()));
        List<String> data = lines.stream().filter(line -> !line.startsWith("#")).toList();
        List<String> columns = fields(data.getFirst());
        List<Row> rows = new ArrayList<>();
        for (String line : data.subList(1, data.size())) {
            List<String> fields = fields(line);
            if (fields.size() != columns.size()) {
                throw new IllegalStateException(
                        "%s: %d fields are not %d: %s".formatted(name, fields.size(), columns.size(), line));
            }
            rows.add(new Row(columns, fields));
        }
        return new CatalogTable(asOf, columns, List.copyOf(rows));
    }

    private static List<String> fields(String line) {
        return List.of(line.split(",", -1));
    }
}
