package dev.mainstay.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of docs/reliability.md that a command writes, between two comments.
 *
 * @param name in the comment before it
 * @param head its two first lines
 */
public record GeneratedTable(String name, List<String> head) {
    private static final Path DOCUMENT = Path.of("docs/reliability.md");
    private static final String END = "<!-- end -->";

    /** @param columns the first line of its head */
    public static GeneratedTable of(String name, String columns) {
        return new GeneratedTable(name, List.of(columns, columns.replaceAll("[^|]+", "---")));
    }

    /** Its rows as they stand there now. */
    public List<String> rows() throws IOException {
        String document = Files.readString(DOCUMENT);
        return document.substring(begin(document), end(document))
                .lines()
                .filter(line -> !line.isBlank() && !head.contains(line))
                .toList();
    }

    /** Puts these in the place of all of its rows. */
    public void write(List<String> rows) throws IOException {
        String document = Files.readString(DOCUMENT);
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(head);
        lines.addAll(rows);
        lines.add("");
        Files.writeString(
                DOCUMENT,
                document.substring(0, begin(document)) + String.join("\n", lines) + document.substring(end(document)));
    }

    private int begin(String document) {
        String comment = "<!-- table: " + name + " -->";
        int found = document.indexOf(comment);
        if (found < 0) {
            throw new IllegalStateException("%s has no line %s".formatted(DOCUMENT, comment));
        }
        return found + comment.length();
    }

    private int end(String document) {
        return document.indexOf(END, begin(document));
    }
}
