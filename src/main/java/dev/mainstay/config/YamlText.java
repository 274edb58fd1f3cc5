package dev.mainstay.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.StreamReader;

/** The text of a file as a tree of YAML nodes, which know where they stand; or one mistake, in plain words. */
final class YamlText {
    /** Said instead of the parser's own words, which speak of tokens and blocks. */
    private static final Map<String, String> PLAIN_WORDS = Map.of(
            "'\\t", "a tab cannot indent YAML; use spaces",
            "mapping values are not allowed",
                    "a second ': ' in this line, or a wrong indentation; quote a value that holds one",
            "could not find expected ':'", "a key without ':' after it, or a wrong indentation",
            "expected <block end>", "the indentation does not fit the lines above it",
            "found undefined alias", "there is no anchor of this name above",
            "unexpected end of stream", "a quote is opened and never closed");

    private YamlText() {}

    static Optional<MappingNode> compose(String text, Findings findings) {
        if (refusedAsBinary(text, findings)) {
            return Optional.empty();
        }
        try {
            List<Node> documents = new ArrayList<>();
            new Yaml(new LoaderOptions()).composeAll(new StringReader(text)).forEach(documents::add);
            return single(documents, findings);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            int line = mark == null ? 1 : mark.getLine() + 1;
            int column = mark == null ? 1 : mark.getColumn() + 1;
            return refused(findings, line, column, "is not valid YAML: " + inPlainWords(e.getProblem()));
        } catch (YAMLException e) {
            return refused(findings, 1, 1, "is not valid YAML: " + inPlainWords(String.valueOf(e.getMessage())));
        }
    }

    private static Optional<MappingNode> single(List<Node> documents, Findings findings) {
        if (documents.isEmpty()) {
            return refused(findings, 1, 1, "is empty; needs the key mainstay, and a cluster below it");
        }
        if (documents.size() > 1) {
            Mark second = documents.get(1).getStartMark();
            return refused(
                    findings,
                    second.getLine() + 1,
                    second.getColumn() + 1,
                    "has a second YAML document; a config is one document, without '---' inside");
        }
        if (!(documents.getFirst() instanceof MappingNode root)) {
            Mark start = documents.getFirst().getStartMark();
            return refused(
                    findings,
                    start.getLine() + 1,
                    start.getColumn() + 1,
                    "has no keys; needs the key mainstay, and a cluster below it");
        }
        return Optional.of(root);
    }

    private static Optional<MappingNode> refused(Findings findings, int line, int column, String message) {
        findings.refuse(line, column, "file", message);
        return Optional.empty();
    }

    private static String inPlainWords(String problem) {
        return PLAIN_WORDS.entrySet().stream()
                .filter(entry -> problem.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() ->
                        problem.lines().findFirst().orElse("no reason given").strip());
    }

    private static boolean refusedAsBinary(String text, Findings findings) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int point = text.codePointAt(i);
            if (!StreamReader.isPrintable(point)) {
                refused(findings, line, column, "is not text; needs YAML in UTF-8");
                return true;
            }
            column = point == '\n' ? 1 : column + 1;
            line = point == '\n' ? line + 1 : line;
        }
        return false;
    }
}
