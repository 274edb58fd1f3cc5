package dev.mainstay.journal.sqlite;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.mainstay.cluster.GroupName;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.Zone;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Canary;
import dev.mainstay.planning.GroupMatter;
import dev.mainstay.planning.Reason;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.ConstructorDetector;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * The JSON of rows: records by their components, ids as plain strings, the sealed types by the simple name of the record.
 * Strict when reading, since what safety remembers is never guessed: an unknown component, an unknown constant and a
 * missing value are each an error, and a change of the records needs a migration.
 */
final class Json {
    /** The sealed types carry their record's name. The sign keeps it apart from any component. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "@type")
    private interface Named {}

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .annotationIntrospector(new NullMarkedComponents())
            .addMixIn(Reason.class, Named.class)
            .addMixIn(Action.class, Named.class)
            .addMixIn(GroupMatter.class, Named.class)
            .addMixIn(Canary.Stage.class, Named.class)
            .addModule(new SimpleModule("ids")
                    .addSerializer(GroupName.class, ToStringSerializer.instance)
                    .addSerializer(InstanceType.class, ToStringSerializer.instance)
                    .addSerializer(IntentId.class, ToStringSerializer.instance)
                    .addSerializer(NodeId.class, ToStringSerializer.instance)
                    .addSerializer(TargetGroup.class, ToStringSerializer.instance)
                    .addSerializer(Zone.class, ToStringSerializer.instance)
                    .addDeserializer(GroupName.class, new Word<>(GroupName.class, GroupName::new))
                    .addDeserializer(InstanceType.class, new Word<>(InstanceType.class, InstanceType::new))
                    .addDeserializer(IntentId.class, new Word<>(IntentId.class, IntentId::new))
                    .addDeserializer(NodeId.class, new Word<>(NodeId.class, NodeId::new))
                    .addDeserializer(TargetGroup.class, new Word<>(TargetGroup.class, TargetGroup::new))
                    .addDeserializer(Zone.class, new Word<>(Zone.class, Zone::new)))
            .constructorDetector(ConstructorDetector.USE_PROPERTIES_BASED)
            // A record's questions about itself, such as Instance.isProtected(), are not its components.
            .changeDefaultVisibility(seen -> seen.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectWriter WRITER = MAPPER.writer();

    private Json() {}

    static String write(Object value) {
        return WRITER.writeValueAsString(value);
    }

    /** @throws JacksonException if it is not the JSON of such a value */
    static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    /** The key of a row: the plain string of an id. */
    static String text(Object id) {
        return id.toString();
    }

    /** An id from its plain string. */
    private static final class Word<T> extends StdDeserializer<T> {
        private final transient Function<String, T> make;

        Word(Class<T> type, Function<String, T> make) {
            super(type);
            this.make = make;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            return make.apply(parser.getString());
        }
    }
}
