package dev.mainstay.cloud.aws;

import dev.mainstay.cluster.NodeId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The instance on which this process runs, as the instance metadata service says. Source: EC2 User Guide, "Use IMDSv2":
 * a token by PUT, then the value by GET. The environment may turn it off or point elsewhere, as for the SDKs.
 */
public final class OwnInstance {
    /** It is a link-local address: who does not answer at once is no EC2. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Pattern ID = Pattern.compile("i-[0-9a-f]{8,17}");

    private OwnInstance() {}

    /**
     * Asked once, at start: an instance does not change its id.
     *
     * @param environment the process's
     * @return empty where this is no EC2 instance, or nobody says which
     */
    public static Optional<NodeId> find(Map<String, String> environment) {
        if ("true".equalsIgnoreCase(environment.get("AWS_EC2_METADATA_DISABLED"))) {
            return Optional.empty();
        }
        String endpoint = environment.getOrDefault("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://169.254.169.254");
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            URI base = URI.create(endpoint.endsWith("/") ? endpoint : endpoint + "/");
            HttpResponse<String> token = client.send(
                    request(base, "latest/api/token")
                            .header("X-aws-ec2-metadata-token-ttl-seconds", "60")
                            .PUT(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> id = client.send(
                    request(base, "latest/meta-data/instance-id")
                            .header("X-aws-ec2-metadata-token", token.body().strip())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return Optional.of(id.body().strip())
                    .filter(text -> id.statusCode() == 200 && ID.matcher(text).matches())
                    .map(NodeId::new);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static HttpRequest.Builder request(URI base, String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
    }
}
