package dev.mainstay.cloud.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.mainstay.cloud.Cloud;
import dev.mainstay.cluster.ClusterSpec;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * EC2, Elastic Load Balancing and CloudWatch on a local socket: a form goes in, XML comes out. With {@link AwsXml} the
 * only place in the tests that knows AWS's wire protocols. What a test did not prepare is refused as EC2 refuses an
 * unknown action.
 */
public final class AwsWire implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    /** One request: its action and its form fields, {@code Filter.1.Name} and the like. */
    public record Call(String action, Map<String, String> form) {
        public String field(String name) {
            return form.getOrDefault(name, "");
        }

        /** The values of the numbered fields between prefix and suffix, in order, such as {@code InstanceId.1}, …. */
        public List<String> fields(String prefix, String suffix) {
            List<String> values = new ArrayList<>();
            for (int i = 1; form.containsKey(prefix + i + suffix); i++) {
                values.add(form.get(prefix + i + suffix));
            }
            return values;
        }
    }

    public interface Reply {
        ResponseDefinitionBuilder definition();
    }

    /** Stands between a call and what answers it. */
    public interface Between {
        Reply answer(Call call, Function<Call, Reply> handler);
    }

    /** Small enough for a test that waits for a time-out, and no pause between attempts is longer. */
    public static final CallLimits HURRIED =
            new CallLimits(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(20), 3);

    private final Map<String, Function<Call, Reply>> handlers = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<AwsClouds> opened = new ArrayList<>();
    private int port;
    private Function<Call, Reply> otherwise =
            call -> reply(400, AwsXml.ec2Error("InvalidAction", "No such action " + call.action()));
    private volatile Between between = (call, handler) -> handler.apply(call);
    private WireMockServer server = server(0);

    /** Starts to listen, at the port it had before if it had one. */
    public void open() {
        open(port);
    }

    /** Starts to listen at this port; 0: at any that is free. */
    public void open(int at) {
        server = server(at);
        server.start();
        server.stubFor(any(anyUrl()).willReturn(WireMock.aResponse()));
        port = server.port();
    }

    /** Nobody listens any more: connections are refused. */
    public void shut() {
        server.stop();
    }

    /** What is answered to the actions that nobody prepared. */
    public void otherwise(Function<Call, Reply> handler) {
        otherwise = handler;
    }

    /** From now on every call goes through this. */
    public void between(Between through) {
        between = through;
    }

    public void on(String action, Function<Call, Reply> handler) {
        handlers.put(action, handler);
    }

    public void on(String action, Reply reply) {
        on(action, call -> reply);
    }

    /** The calls of an action so far, attempts that failed included. */
    public List<Call> calls(String action) {
        return calls.stream().filter(call -> call.action().equals(action)).toList();
    }

    Call onlyCall(String action) {
        List<Call> all = calls(action);
        if (all.size() != 1) {
            throw new AssertionError("%d calls of %s, not one".formatted(all.size(), action));
        }
        return all.getFirst();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public AwsClouds clouds(CallLimits limits) {
        AwsClouds clouds = new AwsClouds(
                limits,
                builder -> builder.endpointOverride(endpoint())
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"))));
        opened.add(clouds);
        return clouds;
    }

    Cloud cloud(ClusterSpec spec) {
        return clouds(HURRIED).cloud(spec);
    }

    public static Reply xml(String body) {
        return reply(200, body);
    }

    public static Reply reply(int status, String body) {
        return () -> WireMock.aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "text/xml;charset=UTF-8")
                .withBody(body);
    }

    public static Reply fault(Fault fault) {
        return () -> WireMock.aResponse().withFault(fault);
    }

    public static Reply slow(Reply reply, Duration delay) {
        return () -> reply.definition().withFixedDelay((int) delay.toMillis());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // Again for each nested class.
        if (!server.isRunning()) {
            open();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        closeClouds();
        handlers.clear();
        calls.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        shut();
    }

    public void closeClouds() {
        opened.forEach(AwsClouds::close);
        opened.clear();
    }

    private WireMockServer server(int at) {
        return new WireMockServer(wireMockConfig()
                .port(at)
                .bindAddress("127.0.0.1")
                .maxRequestJournalEntries(1)
                .extensions(new Dispatch()));
    }

    private final class Dispatch implements ResponseDefinitionTransformerV2 {
        @Override
        public String getName() {
            return "aws-wire";
        }

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            Map<String, String> form = form(event.getRequest().getBodyAsString());
            Call call = new Call(form.getOrDefault("Action", ""), form);
            calls.add(call);
            Function<Call, Reply> handler = handlers.getOrDefault(call.action(), otherwise);
            return between.answer(call, handler).definition().build();
        }
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String field : body.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(field.substring(0, equals), UTF_8),
                        URLDecoder.decode(field.substring(equals + 1), UTF_8));
            }
        }
        return form;
    }
}
