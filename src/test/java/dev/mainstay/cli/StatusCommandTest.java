package dev.mainstay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StatusCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer daemon;

    @BeforeEach
    void starts() throws IOException {
        daemon = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String golden;
        try (InputStream file = StatusCommandTest.class.getResourceAsStream("/dev/mainstay/status/status.json")) {
            golden = new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
        }
        answer("/status", 200, golden);
        answer("/status/shop", 404, "{\"error\":\"no cluster 'shop' is supervised here; there is blog\"}");
        answer("/other/status", 200, "<html>");
        daemon.start();
    }

    @AfterEach
    void stops() {
        daemon.stop(0);
    }

    @Test
    void printsASummaryForPeople() {
        assertThat(status("--url", url())).isZero();
        assertThat(out.toString())
                .startsWith("blog (us-east-1, act mode): 6 of 4 in service, floor 2, base 1\n")
                .contains("  below-desired  since 14:00:45  3 of 4 in service\n")
                .contains("  i-0a2c  t2.micro  us-east-1a  spot       spot      condemned")
                .contains("  floor  terminate i-0b19");
    }

    @Test
    void printsTheAnswerItselfForPrograms() {
        assertThat(status("--url", url() + "/", "--output", "json")).isZero();
        assertThat(out.toString()).startsWith("{\"mode\":\"act\",\"leader\":true,\"now\":\"2026-03-02T14:03:45Z\"");
    }

    @Test
    void failsWithOneLineWhenNoDaemonListens() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThat(status("--url", "http://127.0.0.1:" + free)).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "mainstay status: no daemon can be reached at http://127.0.0.1:%d: nothing listens there; start it with 'mainstay run', or say --url"
                                .formatted(free));
    }

    @Test
    void passesOnWhichClustersThereAre() {
        assertThat(status("--url", url(), "--cluster", "shop")).isEqualTo(1);
        assertThat(err.toString()).contains("no cluster 'shop' is supervised here; there is blog");
    }

    @Test
    void saysThatSomethingElseAnswered() {
        assertThat(status("--url", url() + "/other")).isEqualTo(1);
        assertThat(err.toString()).contains("is it a Mainstay daemon?");
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThat(status("--url", "localhost:8080")).isEqualTo(2);
        assertThat(err.toString()).contains("--url localhost:8080: not an address such as http://127.0.0.1:8080");
    }

    private int status(String... arguments) {
        CommandLine line =
                MainstayCommand.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 1];
        all[0] = "status";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return line.execute(all);
    }

    private String url() {
        return "http://127.0.0.1:" + daemon.getAddress().getPort();
    }

    private void answer(String path, int code, String body) {
        daemon.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(code, bytes.length);
            try (var response = exchange.getResponseBody()) {
                response.write(bytes);
            }
        });
    }
}
