package dev.mainstay.simulation.soak;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** I8: nothing that is told looks like a key, a signature or a session token of AWS. */
final class NoSecrets implements Invariant {
    /** Source: IAM guide, "Unique identifiers"; AWS General Reference, "Signing requests". */
    private static final Pattern SECRET = Pattern.compile(
            "\\b(AKIA|ASIA)[A-Z0-9]{12,}|[Ss]ecret[_-]?[Aa]ccess[_-]?[Kk]ey|X-Amz-(Signature|Security-Token)|AWS4-HMAC");

    @Override
    public String name() {
        return "I8 no secret is told";
    }

    /** Every line that goes to the log. */
    @Nullable
    String told(String line) {
        return SECRET.matcher(line).find() ? "the log says: " + line : null;
    }
}
