package dev.mainstay.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code mainstay run} as a process of its own, against an endpoint that is not AWS. Thread-safe. */
final class DaemonProcess {
    private static final Pattern PORT = Pattern.compile("status on port (\\d+)");

    private final Process process;
    private final Path log;

    private DaemonProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** How this program is run by the JVM that runs us: from a jar, or from our own class path. */
    static List<String> program(Optional<Path> jar) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx192m",
                "--enable-native-access=ALL-UNNAMED"));
        jar.ifPresentOrElse(
                file -> command.addAll(List.of("-jar", file.toString())),
                () -> command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.mainstay.Mainstay")));
        return command;
    }

    static DaemonProcess start(List<String> program, Path config, URI endpoint, Path log) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("run", "--config", config.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment()
                .putAll(Map.of(
                        "AWS_ENDPOINT_URL", endpoint.toString(),
                        "AWS_REGION", "us-east-1",
                        "AWS_ACCESS_KEY_ID", "x",
                        "AWS_SECRET_ACCESS_KEY", "x",
                        "AWS_EC2_METADATA_DISABLED", "true"));
        return new DaemonProcess(builder.start(), log);
    }

    /** {@code kill -9}, and gone when this returns. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Its exit code; empty if it still runs after so long. */
    Optional<Integer> exit(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) ? Optional.of(process.exitValue()) : Optional.empty();
    }

    /** All that it has said so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it tells its status; empty while it does not yet. */
    Optional<URI> status() {
        Matcher port = PORT.matcher(log());
        return port.find()
                ? Optional.of(URI.create("http://127.0.0.1:" + port.group(1) + "/status"))
                : Optional.empty();
    }
}
