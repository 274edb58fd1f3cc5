package dev.mainstay.journal.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * A script that brings the schema from one version to the next. They are named here rather than looked for, since a search
 * of the class path takes longer than all that is done with what it finds.
 */
final class Migration extends LoadableResource {
    /** In order. A script that was released is never changed. */
    static final List<Migration> ALL = List.of(new Migration("V1__memory.sql"), new Migration("V2__digest.sql"));

    static final String NEWEST = Integer.toString(ALL.size());

    private static final String FOLDER = "/dev/mainstay/journal/";

    private final String name;

    private Migration(String name) {
        this.name = name;
    }

    String sql() {
        try (InputStream script = Migration.class.getResourceAsStream(FOLDER + name)) {
            if (script == null) {
                throw new IllegalStateException(name + " is missing from the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public Reader read() {
        return new StringReader(sql());
    }

    @Override
    public String getFilename() {
        return name;
    }

    @Override
    public String getRelativePath() {
        return name;
    }

    @Override
    public String getAbsolutePath() {
        return FOLDER + name;
    }

    @Override
    public @Nullable String getAbsolutePathOnDisk() {
        return null;
    }

    /** How Flyway asks for the scripts. */
    static final class Provider implements ResourceProvider {
        @Override
        public @Nullable LoadableResource getResource(String name) {
            return ALL.stream()
                    .filter(migration -> migration.name.equals(name))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return ALL.stream()
                    .filter(migration -> migration.name.startsWith(prefix))
                    .filter(migration -> Stream.of(suffixes).anyMatch(migration.name::endsWith))
                    .map(LoadableResource.class::cast)
                    .toList();
        }
    }
}
