package dev.mainstay.cloud.aws;

import dev.mainstay.cloud.CloudException;
import dev.mainstay.cluster.FailureKind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Turns what the SDK throws into a {@link CloudException}: a kind, and one line for an operator. What is not known is
 * sorted by what is safe: a refusal with a 4xx has had no effect, anything else may have had one.
 */
final class AwsErrors {
    /** A line that an operator reads at night; EC2's own can run to thousands of characters. */
    private static final int LONGEST_QUOTE = 240;

    /** EC2 appends a blob that only {@code sts decode-authorization-message} can read. */
    private static final String ENCODED_PART = "Encoded authorization failure message";

    /** What the SDK adds to the messages of its exceptions. */
    private static final String SDK_ASIDE = "\\(SDK Attempt Count: \\d+\\)";

    private AwsErrors() {}

    static CloudException translate(String operation, RuntimeException failure) {
        return switch (failure) {
            case CloudException known -> known;
            case AwsServiceException answer -> answered(operation, answer);
            case UnsupportedOperationException missing ->
                new CloudException(
                        FailureKind.UNSUPPORTED, "%s is not offered by this client".formatted(operation), missing);
            default -> unanswered(operation, failure);
        };
    }

    /** The failure of one item in an answer that is otherwise a success. */
    static CloudException ofItem(String operation, String item, @Nullable String code, @Nullable String message) {
        String known = code == null ? "" : code;
        return ofItem(
                operation, item, AwsErrorCodes.kindOf(operation, known).orElse(FailureKind.PERMANENT), known, message);
    }

    static CloudException ofItem(
            String operation, String item, FailureKind kind, String code, @Nullable String message) {
        return new CloudException(
                kind, sentence("%s of %s".formatted(operation, item), code, quote(code, message), null));
    }

    /** A client that could not even be made, for a mistake in the environment or in a profile. */
    static CloudException ofSetup(RuntimeException failure) {
        return new CloudException(
                FailureKind.UNREACHABLE,
                "no AWS client could be made: %s; check the environment and the AWS profile"
                        .formatted(oneLine(failure.getMessage())),
                failure);
    }

    /** Whether AWS's own message, which the line may have cut short, speaks of this id. */
    static boolean names(CloudException failure, String id) {
        String words = failure.getCause() == null
                ? failure.getMessage()
                : failure.getCause().getMessage();
        return words != null && Arrays.asList(words.split("[^A-Za-z0-9-]+", -1)).contains(id);
    }

    private static CloudException answered(String operation, AwsServiceException answer) {
        String code = code(answer);
        FailureKind kind = AwsErrorCodes.kindOf(operation, code).orElseGet(() -> byStatus(answer.statusCode()));
        String quote = answer.awsErrorDetails() == null
                ? ""
                : quote(code, answer.awsErrorDetails().errorMessage());
        if (code.isEmpty()) {
            // EC2 refuses credentials with a 401, and the JDK's HTTP client drops the body of a 401.
            String advice = kind == FailureKind.DENIED ? "; check the credentials" : "";
            quote = "HTTP %d without an AWS error code%s".formatted(answer.statusCode(), advice);
        }
        return new CloudException(kind, sentence(operation, code, quote, answer.requestId()), answer);
    }

    private static FailureKind byStatus(int status) {
        return switch (status) {
            case 401, 403 -> FailureKind.DENIED;
            case 429 -> FailureKind.THROTTLE;
            case 501 -> FailureKind.UNSUPPORTED;
            default -> status >= 500 ? FailureKind.UNKNOWN_OUTCOME : FailureKind.PERMANENT;
        };
    }

    private static CloudException unanswered(String operation, RuntimeException failure) {
        if (failure instanceof ApiCallTimeoutException || failure instanceof ApiCallAttemptTimeoutException) {
            return unknown(operation, "no answer within the time limit", failure);
        }
        // First, since a search for credentials ends with a connection that broke. The SDK has no type for it, only
        // words.
        if (oneLine(failure.getMessage()).contains("load credentials")) {
            return new CloudException(
                    FailureKind.DENIED,
                    ("%s was not sent: no AWS credentials were found; give this machine an instance role, or set them in"
                                    + " the environment or a profile")
                            .formatted(operation),
                    failure);
        }
        Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof UnknownHostException host) {
                return unreachable(operation, "unknown host " + oneLine(host.getMessage()), failure);
            }
            if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
                return unreachable(operation, oneLine(cause.getMessage()), failure);
            }
            if (cause instanceof SSLHandshakeException) {
                return unreachable(operation, "no secure connection: " + oneLine(cause.getMessage()), failure);
            }
            if (cause instanceof SocketTimeoutException timeout) {
                // The one time-out of which it is certain that nothing was sent.
                boolean connecting = oneLine(timeout.getMessage()).startsWith("Connect");
                return connecting
                        ? unreachable(operation, "no connection within the time limit", failure)
                        : unknown(operation, "no answer within the time limit", failure);
            }
            if (cause instanceof IOException) {
                return unknown(operation, "the connection broke: " + oneLine(cause.getMessage()), failure);
            }
            cause = cause.getCause();
        }
        return withoutCause(operation, failure);
    }

    private static CloudException withoutCause(String operation, RuntimeException failure) {
        String text = oneLine(failure.getMessage());
        if (text.startsWith("Unable to unmarshall response")) {
            return unknown(operation, "the answer is not in AWS's form", failure);
        }
        return unknown(operation, text.isEmpty() ? failure.getClass().getSimpleName() : text, failure);
    }

    private static CloudException unreachable(String operation, String why, RuntimeException failure) {
        return new CloudException(
                FailureKind.UNREACHABLE,
                "%s could not reach AWS: %s; check the region, the endpoint and the network".formatted(operation, why),
                failure);
    }

    private static CloudException unknown(String operation, String why, RuntimeException failure) {
        return new CloudException(FailureKind.UNKNOWN_OUTCOME, "%s failed: %s".formatted(operation, why), failure);
    }

    private static String sentence(String operation, String code, String quote, @Nullable String request) {
        StringBuilder text = new StringBuilder(operation).append(" failed");
        if (!code.isEmpty()) {
            text.append(": ").append(code);
        }
        if (!quote.isEmpty()) {
            text.append(": ").append(quote);
        }
        Optional<String> advice = AwsErrorCodes.adviceOn(code);
        advice.ifPresent(words -> text.append("; ").append(words));
        if (request != null && !request.isBlank()) {
            text.append(" (request ").append(request).append(')');
        }
        return text.toString();
    }

    private static String code(AwsServiceException answer) {
        String code = answer.awsErrorDetails() == null
                ? null
                : answer.awsErrorDetails().errorCode();
        // Where an answer is not AWS's, the SDK may take its status or a piece of markup for the code.
        return code != null && code.matches("[A-Za-z][A-Za-z0-9._-]*") ? code : "";
    }

    /** AWS's words, if they are fit to show: never markup, never the signed request, never more than a line. */
    private static String quote(String code, @Nullable String message) {
        if (message == null || message.indexOf('<') >= 0 || code.equals("SignatureDoesNotMatch")) {
            return "";
        }
        int encoded = message.indexOf(ENCODED_PART);
        return oneLine(encoded < 0 ? message : message.substring(0, encoded)).replaceAll("[.\\s]+$", "");
    }

    private static String oneLine(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String line = text.replaceAll(SDK_ASIDE, "").replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…";
    }
}
