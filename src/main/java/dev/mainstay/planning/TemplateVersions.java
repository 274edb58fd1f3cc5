package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which versions of the launch template made nodes that serve, and which made nodes that never did, as far as new nodes have
 * told.
 *
 * @param worked the version of the node that became healthy last; null: unknown
 * @param failed the version whose nodes have failed since one of it last worked; null: none
 * @param failures how many did, one after the other
 * @param failedAt when the last one did
 */
public record TemplateVersions(
        @Nullable String worked,
        @Nullable String failed,
        int failures,
        @Nullable Instant failedAt) {
    public static final TemplateVersions NONE = new TemplateVersions(null, null, 0, null);

    /** One failure may be the node's own. */
    private static final int BAD_AFTER = 2;

    /** So long after its last failure the version is tried again: it may have been mended, or never have been at fault. */
    private static final Duration BAD_FOR = Duration.ofHours(24);

    TemplateVersions healthy(Optional<String> version) {
        return version.map(it -> it.equals(failed)
                        ? new TemplateVersions(it, null, 0, null)
                        : new TemplateVersions(it, failed, failures, failedAt))
                .orElse(this);
    }

    TemplateVersions failing(Optional<String> version, Instant now) {
        return version.map(it -> new TemplateVersions(worked, it, it.equals(failed) ? failures + 1 : 1, now))
                .orElse(this);
    }

    /**
     * The older version to launch from, since the one that the config asks for makes nodes that never serve; empty where it
     * does not, where none is known to work, and once the config asks for another one by its number.
     */
    public Optional<String> fallback(ClusterSpec.Launch launch, Instant now) {
        boolean moving = launch.version().startsWith("$");
        boolean bad = failed != null
                && failures >= BAD_AFTER
                && !failed.equals(worked)
                && (moving || launch.version().equals(failed))
                && failedAt != null
                && failedAt.plus(BAD_FOR).isAfter(now);
        return bad ? Optional.ofNullable(worked) : Optional.empty();
    }
}
