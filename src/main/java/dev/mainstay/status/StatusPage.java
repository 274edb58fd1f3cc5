package dev.mainstay.status;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The page for people: one HTML document with its style inside, nothing loaded from anywhere, no script. Everything that is
 * not the template's own is escaped. Thread-safe.
 */
public final class StatusPage {
    private final String css = resource("page.css");
    private final Template template =
            Mustache.compiler().escapeHTML(true).nullValue("").compile(resource("page.mustache"));
    private final String policy =
            "default-src 'none'; img-src data:; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                    .formatted(sha256(css));
    private final PageBuilder builder;

    public StatusPage(DecisionFeed feed, Banner banner, CreditCeiling ceiling) {
        this.builder = new PageBuilder(feed, banner, ceiling);
    }

    public String render(StatusView status) {
        return template.execute(builder.model(status, css));
    }

    /** The Content-Security-Policy under which the page shows as it should: this style, and nothing else. */
    public String contentSecurityPolicy() {
        return policy;
    }

    private static String resource(String name) {
        try (InputStream stream = StatusPage.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the jar lacks dev/mainstay/status/" + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
