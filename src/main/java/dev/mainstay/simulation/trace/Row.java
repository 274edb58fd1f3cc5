package dev.mainstay.simulation.trace;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One row of a CSV file or one object of a JSON file: its values by the names of their columns, which are told apart
 * without regard to case, blanks, dashes and underscores.
 */
record Row(int line, Map<String, String> values) {

    /** The value of the first of these columns that the row has; empty where there is none or it is blank. */
    Optional<String> get(Column column) {
        for (String name : column.names()) {
            String value = values.get(name);
            if (value != null && !value.isBlank()) {
                return Optional.of(value.strip());
            }
        }
        return Optional.empty();
    }

    /** A column's name, reduced to what it is compared by. */
    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
