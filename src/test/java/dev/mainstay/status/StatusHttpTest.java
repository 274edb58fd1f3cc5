package dev.mainstay.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Mode;
import dev.mainstay.planning.PublishedPasses;
import dev.mainstay.testing.Specs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class StatusHttpTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @Value("${local.server.port}")
    private int port;

    @Autowired
    private PublishedPasses passes;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(StatusConfiguration.class)
    static class Daemon {
        @Bean
        PublishedPasses passes() {
            return new PublishedPasses(List.of(Specs.micro()));
        }

        @Bean
        StatusInputs inputs(PublishedPasses passes) {
            return new StatusInputs(
                    passes, () -> Mode.ACT, InstantSource.fixed(Drawn.NOW), Banner.NONE, CreditCeiling.UNKNOWN);
        }
    }

    @BeforeEach
    void publishes() {
        passes.publish(Stories.everything());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*/*", "application/json", "application/json, text/html", "text/html;q=0.1, */*", "nonsense"})
    void answersJsonUnlessHtmlIsPreferred(String accept) throws Exception {
        HttpResponse<String> response = get("/status", accept);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body()).isEqualTo(StatusReaderTest.golden());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/status", "/status/blog"})
    void showsThePageToABrowser(String path) throws Exception {
        HttpResponse<String> response = get(path, BROWSER);

        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'");
        assertThat(response.body()).startsWith("<!doctype html>").contains("i-0a1f");
    }

    @Test
    void answersForOneCluster() throws Exception {
        assertThat(get("/status/blog", "*/*").body()).startsWith("{\n  \"name\" : \"blog\"");
    }

    @Test
    void namesTheKnownClustersWhenAskedForAnother() throws Exception {
        HttpResponse<String> response = get("/status/shop", BROWSER);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body()).contains("no cluster 'shop' is supervised here; there is blog");
    }

    @Test
    void callsAwsUpWhenNothingVitalIsMissing() throws Exception {
        HttpResponse<String> health = get("/actuator/health", "*/*");

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"aws\":{\"details\":{\"blog\":\"spot-prices not read since");
    }

    @Test
    void callsAwsDownButStaysAliveAndReadyWhileItCannotSee() throws Exception {
        passes.publish(Drawn.healthy()
                .gap(Gap.Source.INSTANCES, Duration.ofMinutes(3), "no credentials were found")
                .pass(2));

        assertThat(get("/actuator/health", "*/*").statusCode()).isEqualTo(503);
        assertThat(get("/actuator/health/aws", "*/*").body()).contains("no credentials were found");
        assertThat(get("/actuator/health/liveness", "*/*").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health/readiness", "*/*").statusCode()).isEqualTo(200);
    }

    @Test
    void exposesMetricsAndInfo() throws Exception {
        assertThat(get("/actuator/prometheus", "*/*").body()).contains("mainstay_passes_total{cluster=\"blog\"");
        assertThat(get("/actuator/info", "*/*").body()).contains("\"blog\":{");
    }

    private HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept", accept)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
