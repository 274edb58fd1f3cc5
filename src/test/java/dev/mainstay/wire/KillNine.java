package dev.mainstay.wire;

import dev.mainstay.cloud.aws.AwsWire;
import dev.mainstay.cloud.aws.AwsXml;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.testing.FaultPoints;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real daemon, killed with signal 9 again and again while nodes come and go, on a region ({@link WireAws}) that outlives
 * it: {@code KillNine [--kills N] [--seed N] [--jar FILE] [--state DIRECTORY]}. The choices follow from the seed; the exact
 * instants are the machine's. Exit code 3 if anything was lost or doubled.
 */
public final class KillNine {
    static final int DESIRED = 4;
    static final int MAX = 8;

    private static final List<Blow> BLOWS = List.of(Blow.values());
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration LONGEST_REPAIR = Duration.ofSeconds(150);
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final SplittableRandom random;
    private final List<String> program;
    private final Path directory;
    private final Path config;
    private final AwsWire wire = new AwsWire();
    private final WireAws aws = new WireAws(wire, Habits.LIKE_AWS, Instant::now);
    private final Map<Blow, Integer> kills = new EnumMap<>(Blow.class);
    private final Set<NodeId> everHung = new HashSet<>();
    private final List<String> trouble = new ArrayList<>();
    private int taken;
    private int starts;

    KillNine(long seed, List<String> program, Path directory) throws IOException {
        this.random = new SplittableRandom(seed);
        this.program = program;
        this.directory = directory;
        this.config = config(directory);
        // Drained within seconds, so that whole replacements fit between two kills.
        wire.on(
                "DescribeTargetGroupAttributes",
                AwsWire.xml(AwsXml.targetGroupAttributes(Map.of("deregistration_delay.timeout_seconds", "1"))));
    }

    /**
     * What was counted.
     *
     * @param kills how many at each moment
     * @param launched instances that were ever made
     * @param taken how many the world ended
     * @param hung how many the world hung
     * @param peak the most that lived at once
     * @param duplicates instances beyond what their intent asked for, and healthy ones that were made and ended again
     * @param orphans living instances with the cluster's tag that the daemon does not know at the end
     * @param missing how many fewer than desired are in service at the end
     * @param trouble a daemon that ended by itself, and the like
     */
    record Count(
            Map<Blow, Integer> kills,
            int launched,
            int taken,
            int hung,
            int peak,
            int duplicates,
            int orphans,
            int missing,
            List<String> trouble) {
        boolean flawless() {
            return duplicates == 0 && orphans == 0 && missing == 0 && peak <= MAX + 1 && trouble.isEmpty();
        }
    }

    Count run(int count) throws IOException, InterruptedException {
        wire.open();
        try {
            beginning();
            for (int i = 0; i < count; i++) {
                round();
            }
            return ending();
        } finally {
            wire.shut();
        }
    }

    /** A whole cluster, so that there is something to lose. */
    private void beginning() throws IOException, InterruptedException {
        DaemonProcess daemon = start();
        awaitRepair(daemon);
        daemon.kill();
    }

    private void round() throws IOException {
        makeTrouble();
        aws.hideLaunchesFor(Duration.ofMillis(random.nextInt(3) == 0 ? random.nextInt(3000) : 0));
        Blow blow = BLOWS.get(random.nextInt(BLOWS.size()));
        DaemonProcess daemon = start();
        int nthWrite = blow == Blow.SLOW_LAUNCH ? 1 : 1 + random.nextInt(2);
        Executioner executioner = new Executioner(daemon, blow, nthWrite, Duration.ofMillis(random.nextInt(1500)));
        wire.between(executioner);
        boolean starting = blow == Blow.ANY_TIME && random.nextInt(3) == 0;
        executioner.awaitFirstCall(starting ? Duration.ofMillis(random.nextInt(3000)) : LONGEST_START);
        boolean struck = executioner.happensWithin(
                starting ? Duration.ZERO : blow == Blow.ANY_TIME ? Duration.ofMillis(random.nextInt(2500)) : PATIENCE);
        if (!struck) {
            if (!daemon.alive()) {
                trouble.add("the daemon ended by itself:\n" + daemon.log());
            }
            executioner.kill();
        }
        kills.merge(struck ? blow : Blow.ANY_TIME, 1, Integer::sum);
        wire.between((call, handler) -> handler.apply(call));
        if (random.nextInt(4) == 0) {
            makeTrouble();
        }
    }

    /** While nobody watches, nodes end and hang. Only such that were seen to serve: others fail as launches do, and wait. */
    private void makeTrouble() {
        List<Instance> servers = new ArrayList<>(aws.alive());
        servers.removeIf(node -> aws.isHung(node.id()) || aws.shownHealthy(node.id()) < 2);
        for (int victims = 1 + random.nextInt(2); victims > 0 && servers.size() > DESIRED / 2; victims--) {
            aws.terminateBehindItsBack(
                    servers.remove(random.nextInt(servers.size())).id());
            taken++;
        }
        boolean someHang = aws.alive().stream().anyMatch(node -> aws.isHung(node.id()));
        if (!someHang && servers.size() > DESIRED / 2 && random.nextInt(2) == 0) {
            NodeId victim = servers.get(random.nextInt(servers.size())).id();
            aws.hang(victim);
            everHung.add(victim);
        }
    }

    private DaemonProcess start() throws IOException {
        return DaemonProcess.start(program, config, wire.endpoint(), directory.resolve("daemon-" + ++starts + ".log"));
    }

    private Count ending() throws IOException, InterruptedException {
        aws.hideLaunchesFor(Duration.ZERO);
        DaemonProcess daemon = start();
        try {
            awaitRepair(daemon);
            Set<NodeId> known = known(daemon);
            Set<NodeId> alive = ids(aws.alive());
            Set<NodeId> superfluous = new HashSet<>(aws.endedByCalls());
            superfluous.removeAll(everHung);
            Set<NodeId> orphans = new HashSet<>(alive);
            orphans.removeAll(known);
            return new Count(
                    kills,
                    aws.launched(),
                    taken,
                    everHung.size(),
                    aws.peak(),
                    aws.beyondTheirIntent() + superfluous.size() + Math.max(0, alive.size() - DESIRED),
                    orphans.size(),
                    Math.max(0, DESIRED - (int) serving()),
                    trouble);
        } finally {
            daemon.kill();
        }
    }

    /** Until the cluster is whole and nothing was written for a while. */
    private void awaitRepair(DaemonProcess daemon) throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(LONGEST_REPAIR);
        Instant quietSince = Instant.now();
        int writes = aws.writes();
        while (Instant.now().isBefore(limit)) {
            if (!whole() || known(daemon).isEmpty() || aws.writes() != writes) {
                writes = aws.writes();
                quietSince = Instant.now();
            } else if (quietSince.plus(QUIET).isBefore(Instant.now())) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        trouble.add("not whole and quiet after %s:\n%s".formatted(LONGEST_REPAIR, daemon.log()));
    }

    private boolean whole() {
        return aws.alive().size() == DESIRED && serving() == DESIRED;
    }

    private long serving() {
        Set<NodeId> registered = aws.registered();
        return aws.alive().stream()
                .filter(node -> registered.contains(node.id()) && !aws.isHung(node.id()))
                .count();
    }

    private static Set<NodeId> ids(Collection<Instance> instances) {
        return instances.stream().map(Instance::id).collect(Collectors.toSet());
    }

    /** The nodes that it tells of; none before its first pass. */
    private static Set<NodeId> known(DaemonProcess daemon) throws IOException, InterruptedException {
        URI status = daemon.status().orElse(null);
        if (status == null) {
            return Set.of();
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            String json = client.send(HttpRequest.newBuilder(status).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            Set<NodeId> known = new HashSet<>();
            for (JsonNode node :
                    JsonMapper.shared().readTree(json).path("clusters").path(0).path("nodes")) {
                known.add(new NodeId(node.path("id").asString()));
            }
            return known;
        }
    }

    /** A config for the region's one cluster, in this directory; the state is beside it. */
    static Path config(Path directory) throws IOException {
        return Files.writeString(directory.resolve("mainstay.yaml"), """
                server: { port: 0 }
                mainstay:
                  mode: act
                  interval: 1s
                  state: "%s"
                  clusters:
                    blog:
                      region: us-east-1
                      load-balancer: { target-groups: ["%s"] }
                      launch:
                        template: { id: %s, version: "$Default" }
                        subnets: { us-east-1a: subnet-a, us-east-1b: subnet-b, us-east-1c: subnet-c }
                      capacity: { desired: %d, min: 1, max: %d, on-demand-types: [t3.micro] }
                      health: { startup-grace: 1s, unhealthy-after: 3s, healthy-for: 1s }
                      guards: { young-node: 1s, heals-per-hour: 1000 }
                """.formatted(
                        directory.resolve("state"), WireAws.WEB.value(), WireAws.TEMPLATE, DESIRED, MAX));
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> words = List.of(arguments);
        int kills = Integer.parseInt(option(words, "--kills").orElse("10"));
        long seed = Long.parseLong(option(words, "--seed").orElse("1"));
        Path directory = option(words, "--state").map(Path::of).orElse(null);
        if (directory == null) {
            directory = Files.createTempDirectory("kill-nine");
        }
        long began = System.nanoTime();
        Count count =
                new KillNine(seed, DaemonProcess.program(option(words, "--jar").map(Path::of)), directory).run(kills);
        System.out.printf(
                "seed %d, %d kills %s in %d s%nlaunched %d, ended by the world %d, hung %d, at most %d at once%n"
                        + "duplicates %d, orphans %d, missing %d%n",
                seed,
                kills,
                count.kills(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
                count.launched(),
                count.taken(),
                count.hung(),
                count.peak(),
                count.duplicates(),
                count.orphans(),
                count.missing());
        new FaultPoints(kills, kills, "kills").print();
        count.trouble().forEach(System.out::println);
        System.exit(count.flawless() ? 0 : 3);
    }

    private static Optional<String> option(List<String> words, String name) {
        int at = words.indexOf(name);
        return at < 0 || at + 1 == words.size() ? Optional.empty() : Optional.of(words.get(at + 1));
    }
}
