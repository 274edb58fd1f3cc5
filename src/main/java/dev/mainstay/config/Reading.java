package dev.mainstay.config;

import java.util.List;
import java.util.Map;

/** What came of reading a config file: a config that can be used as it is, or every mistake in it. */
public sealed interface Reading {

    /**
     * The file is in order.
     *
     * @param warnings what is allowed, but probably not what was meant; in the order of the file
     * @param bootKeys the keys of Spring Boot that stand in the same file ({@code server.port} and the like), with their
     *     values as Spring's own loader would hand them on: an {@code OriginTrackedMapPropertySource} takes this map
     */
    record Read(MainstayConfig config, List<Mistake> warnings, Map<String, Object> bootKeys) implements Reading {
        public Read {
            warnings = List.copyOf(warnings);
            bootKeys = Map.copyOf(bootKeys);
        }
    }

    /**
     * The file cannot be used.
     *
     * @param mistakes all of them, in the order of the file; never empty
     */
    record Refused(List<Mistake> mistakes) implements Reading {
        public Refused {
            mistakes = mistakes.stream().sorted().distinct().toList();
            if (mistakes.isEmpty()) {
                throw new IllegalArgumentException("refused without a mistake");
            }
        }
    }
}
