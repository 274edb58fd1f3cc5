package dev.mainstay.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes and reads the status contract with a mapper of its own, so that no {@code spring.jackson} key can change its
 * form. Thread-safe.
 */
public final class StatusJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.ALWAYS))
            .build();

    private StatusJson() {}

    /** Indented, because people read it with curl; it ends with a line break. */
    public static String write(Object view) {
        return MAPPER.writeValueAsString(view) + "\n";
    }

    /**
     * Reads what a daemon answered. Fields that this version does not know are skipped.
     *
     * @throws tools.jackson.core.JacksonException if it is not such an answer
     */
    public static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }
}
