package dev.mainstay.cli;

import dev.mainstay.status.StatusJson;
import dev.mainstay.status.StatusView;
import dev.mainstay.status.StatusView.ClusterView;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code mainstay status}: asks a running daemon how its clusters fare. */
@Command(
        name = "status",
        description = "Shows what a running daemon sees, does and holds back, and why.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls a command
final class StatusCommand implements Runnable {
    /** The daemon answers from memory: whoever needs longer than this is not well. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "Where the daemon listens; ${DEFAULT-VALUE} when not given.")
    private String url;

    @Option(names = "--cluster", paramLabel = "NAME", description = "Only this cluster; all of them when not given.")
    private @Nullable String cluster;

    @Mixin
    private OutputOption output;

    @Override
    public void run() {
        HttpResponse<String> response = ask(address());
        if (response.statusCode() == 404 && cluster != null) {
            throw failed(refusal(response.body()));
        }
        if (response.statusCode() != 200) {
            throw failed("%s answered HTTP %d: is it a Mainstay daemon?".formatted(url, response.statusCode()));
        }
        try {
            JsonNode answer = StatusJson.read(response.body(), JsonNode.class);
            output.print(answer, () -> text(response.body()));
        } catch (JacksonException garbled) {
            throw failed("%s did not answer with a status: is it a Mainstay daemon?".formatted(url));
        }
    }

    private String text(String body) {
        if (cluster == null) {
            return StatusReport.of(StatusJson.read(body, StatusView.class));
        }
        ClusterView view = StatusJson.read(body, ClusterView.class);
        // One cluster's answer has no clock of its own; what it saw last is the nearest.
        return StatusReport.of(view, view.observedAt() == null ? Instant.EPOCH : view.observedAt());
    }

    private URI address() {
        String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        try {
            URI uri = URI.create(base + "/status" + (cluster == null ? "" : "/" + cluster));
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below, in words that name the option.
        }
        throw new ParameterException(
                spec.commandLine(),
                "--url %s%s: not an address such as http://127.0.0.1:8080"
                        .formatted(url, cluster == null ? "" : " with --cluster " + cluster));
    }

    private HttpResponse<String> ask(URI address) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (HttpTimeoutException slow) {
            throw failed("no answer from the daemon at %s within %d s".formatted(url, PATIENCE.toSeconds()));
        } catch (ConnectException refused) {
            throw failed(unreachable(
                    refused.getCause() instanceof UnresolvedAddressException
                            ? "the host name is unknown"
                            : "nothing listens there"));
        } catch (IOException broken) {
            throw failed(unreachable(String.valueOf(broken.getMessage())));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failed("interrupted");
        }
    }

    private String unreachable(String why) {
        return "no daemon can be reached at %s: %s; start it with 'mainstay run', or say --url".formatted(url, why);
    }

    private static String refusal(String body) {
        try {
            return StatusJson.read(body, JsonNode.class).path("error").asString("there is no such cluster");
        } catch (JacksonException garbled) {
            return "there is no such cluster";
        }
    }

    private static CommandFailed failed(String message) {
        return new CommandFailed(ExitCode.FAILED, message);
    }
}
