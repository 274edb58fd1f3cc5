package dev.mainstay.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.mainstay.cluster.NodeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which instance we run on, asked of a metadata service that wants a token. */
class OwnInstanceTest {
    @SuppressWarnings("NullAway.Init")
    private HttpServer service;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    private void answers(String path, String method, String header, int status, String body) {
        service.createContext(path, exchange -> {
            boolean asked = exchange.getRequestMethod().equals(method)
                    && exchange.getRequestHeaders().containsKey(header);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(asked ? status : 401, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private Map<String, String> environment() {
        return Map.of(
                "AWS_EC2_METADATA_SERVICE_ENDPOINT",
                "http://127.0.0.1:" + service.getAddress().getPort());
    }

    @Test
    void isTheOneThatTheMetadataServiceNames() {
        answers("/latest/api/token", "PUT", "X-aws-ec2-metadata-token-ttl-seconds", 200, "token");
        answers("/latest/meta-data/instance-id", "GET", "X-aws-ec2-metadata-token", 200, "i-0123456789abcdef0");

        assertThat(OwnInstance.find(environment())).contains(new NodeId("i-0123456789abcdef0"));
    }

    @Test
    void isNotKnownWhereSomethingElseAnswers() {
        answers("/latest/api/token", "PUT", "X-aws-ec2-metadata-token-ttl-seconds", 200, "token");
        answers("/latest/meta-data/instance-id", "GET", "X-aws-ec2-metadata-token", 200, "<html>log in</html>");

        assertThat(OwnInstance.find(environment())).isEmpty();
    }

    @Test
    void isNotAskedForWhereTheEnvironmentTurnsItOff() {
        assertThat(OwnInstance.find(Map.of("AWS_EC2_METADATA_DISABLED", "true")))
                .isEmpty();
    }

    @Test
    void isNotKnownWhereNobodyListens() {
        Map<String, String> gone = environment();
        service.stop(0);

        assertThat(OwnInstance.find(gone)).isEmpty();
    }
}
