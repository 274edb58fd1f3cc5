package dev.mainstay.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema and the table in the docs have the keys that the binder knows, with the same defaults. */
class KeyDocumentsTest {
    private static final Map<String, KeyShape.Value> KEYS = KeyShape.values(KeyShape.file(), "");

    @Test
    void tableInTheDocsHasEveryKeyAndItsDefault() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        Pattern row = Pattern.compile("^\\| `(mainstay[^`]*)` \\| ([^|]+) \\| (?:file|cluster) \\|", Pattern.MULTILINE);
        for (MatchResult match : row.matcher(Files.readString(Path.of("docs/policy.md")))
                .results()
                .toList()) {
            rows.put(match.group(1), match.group(2));
        }

        assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(KEYS.keySet());
        KEYS.forEach((key, value) ->
                value.standard().ifPresent(standard -> assertThat(rows).containsEntry(key, "`" + standard + "`")));
    }

    @Test
    void schemaHasEveryKeyAndItsDefault() throws IOException {
        JsonNode schema = JsonMapper.shared().readTree(Files.readString(Path.of("config/mainstay.schema.json")));
        Map<String, Optional<String>> keys = new TreeMap<>();

        collect(schema, schema.at("/properties/mainstay"), "mainstay", keys);

        Map<String, Optional<String>> known = new TreeMap<>();
        KEYS.forEach((key, value) -> known.put(key, value.standard()));
        assertThat(keys).isEqualTo(known);
    }

    /** Follows the parts of JSON Schema that ours uses. */
    private static void collect(JsonNode schema, JsonNode node, String path, Map<String, Optional<String>> keys) {
        JsonNode here = resolved(schema, node);
        JsonNode each = resolved(schema, here.path("items"));
        if (here.has("properties")) {
            here.get("properties")
                    .properties()
                    .forEach(entry -> collect(schema, entry.getValue(), path + "." + entry.getKey(), keys));
        } else if (here.path("additionalProperties").isObject()) {
            collect(schema, here.get("additionalProperties"), path + ".*", keys);
        } else if (each.has("properties")) {
            collect(schema, each, path + "[]", keys);
        } else {
            JsonNode standard = node.path("default");
            keys.put(path, standard.isMissingNode() ? Optional.empty() : Optional.of(standard.asString()));
        }
    }

    private static JsonNode resolved(JsonNode schema, JsonNode node) {
        return node.has("$ref") ? schema.at(node.get("$ref").asString().substring(1)) : node;
    }
}
