package dev.mainstay.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.catalog.OnDemandPrice;
import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Mode;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.Zone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;

/** What is made of a config that is in order. */
class ConfigReaderTest {
    private static final String CAPACITY = "capacity: { desired: 4 }";
    private static final String STATE = "state: /var/lib/mainstay";
    private static final String SPOT = "spot: { types: [t3.micro, t3a.micro] }";

    @Test
    void fillsInEveryDefault() {
        MainstayConfig config = Sample.read(Sample.GOOD.replace("  state: /var/lib/mainstay\n", ""))
                .config();

        assertThat(config)
                .isEqualTo(new MainstayConfig(
                        Mode.OBSERVE,
                        Duration.ofSeconds(30),
                        Path.of("/var/lib/mainstay"),
                        List.of(new ClusterSpec(
                                new ClusterName("blog"),
                                Mode.OBSERVE,
                                "us-east-1",
                                Duration.ofSeconds(30),
                                List.of(new TargetGroup(
                                        "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/blog/0123")),
                                new ClusterSpec.Launch(
                                        "lt-0123",
                                        "$Default",
                                        new TreeMap<>(Map.of(
                                                new Zone("us-east-1a"), "subnet-1",
                                                new Zone("us-east-1b"), "subnet-2")),
                                        Map.of()),
                                new ClusterSpec.Capacity(4, 2, 8, 1, List.of(), false),
                                Optional.of(new ClusterSpec.Spot(
                                        types("t3.micro", "t3a.micro"),
                                        null,
                                        Duration.ofMinutes(15),
                                        0.1,
                                        Duration.ofMinutes(8),
                                        Duration.ofHours(2),
                                        true,
                                        false)),
                                new ClusterSpec.Health(
                                        Duration.ofMinutes(10),
                                        Duration.ofMinutes(5),
                                        Duration.ofMinutes(1),
                                        0.4,
                                        Duration.ofMinutes(15),
                                        3,
                                        Duration.ofHours(1)),
                                new ClusterSpec.Credits(Remedy.AUTO, 5, 30, 100, null, CreditMode.UNLIMITED),
                                new ClusterSpec.Guards(
                                        null,
                                        null,
                                        Duration.ofMinutes(10),
                                        2,
                                        64,
                                        2,
                                        6,
                                        Duration.ofHours(6),
                                        List.of()))),
                        List.of()));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 2, 1, 2, 24", "2, 1, 4, 1, 2, 32", "5, 3, 10, 1, 2, 80", "40, 20, 80, 1, 4, 640"})
    void reckonsDefaultsFromDesired(int desired, int min, int max, int base, int heals, int returns) {
        ClusterSpec cluster = only(Sample.with(CAPACITY, "capacity: { desired: %d }".formatted(desired)));

        assertThat(cluster.capacity()).isEqualTo(new ClusterSpec.Capacity(desired, min, max, base, List.of(), false));
        assertThat(cluster.guards().healsPerHour()).isEqualTo(heals);
        assertThat(cluster.guards().returnsPerDay()).isEqualTo(returns);
    }

    @Test
    void letsAClusterHaveItsOwnModeAndInterval() {
        ClusterSpec inherits = only(Sample.with(STATE, "mode: quarantine\n  interval: 1m"));
        ClusterSpec own = only(Sample.with(STATE, "mode: quarantine\n  interval: 1m")
                .replace(CAPACITY, CAPACITY + "\n      mode: act\n      interval: 10s"));

        assertThat(inherits.mode()).isEqualTo(Mode.QUARANTINE);
        assertThat(inherits.interval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(own.mode()).isEqualTo(Mode.ACT);
        assertThat(own.interval()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void isAllOnDemandWithoutSpot() {
        ClusterSpec cluster = only(Sample.with(SPOT, "")
                .replace(CAPACITY, "capacity: { desired: 4, on-demand-types: [m5.large, m5a.large] }"));

        assertThat(cluster.spot()).isEmpty();
        assertThat(cluster.capacity().onDemandTypes()).isEqualTo(types("m5.large", "m5a.large"));
    }

    @Test
    void takesTypesThatItDoesNotKnow() {
        assertThat(only(Sample.with("t3a.micro", "t9zz.pico"))
                        .spot()
                        .orElseThrow()
                        .types())
                .isEqualTo(types("t3.micro", "t9zz.pico"));
    }

    @Test
    void takesValuesAsTheFileWritesThem() {
        ClusterSpec cluster = only(Sample.with(
                "template: { id: lt-0123 }",
                "template: { id: lt-0123, version: 12 }\n        tags: [{ key: release, value: 1.10 }]"));

        assertThat(cluster.launch().version()).isEqualTo("12");
        assertThat(cluster.launch().tags()).isEqualTo(Map.of("release", "1.10"));
    }

    @Test
    void readsKeysAsRelaxedAsSpringDoes() {
        ClusterSpec cluster = only(Sample.with(CAPACITY, "capacity: { desired: 4, onDemandBase: 2, MAX: 6 }"));

        assertThat(cluster.capacity().onDemandBase()).isEqualTo(2);
        assertThat(cluster.capacity().max()).isEqualTo(6);
        assertThat(Sample.read("mainstay.interval: 5s\n" + Sample.GOOD).config().interval())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void keepsClustersApartWhoseNamesDifferByADash() {
        String blog = Sample.GOOD.substring(Sample.GOOD.indexOf("    blog:"));
        String twin = blog.replace("    blog:", "    b-log:")
                .replace("/blog/", "/other/")
                .replace("desired: 4", "desired: 5");

        List<ClusterSpec> clusters = Sample.read(Sample.GOOD + twin).config().clusters();

        assertThat(clusters).extracting(cluster -> cluster.name().value()).containsExactly("blog", "b-log");
        assertThat(clusters).extracting(cluster -> cluster.capacity().desired()).containsExactly(4, 5);
    }

    @Test
    void followsAnchorsAndMerges() {
        String text = Sample.with("    blog:\n", "    blog: &blog\n") + """
                    shop:
                      <<: *blog
                      load-balancer: { target-groups: ["arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/shop/1"] }
                      capacity: { desired: 7 }
                """.indent(0);

        ClusterSpec shop = Sample.read(text).config().clusters().getLast();

        assertThat(shop.capacity().desired()).isEqualTo(7);
        assertThat(shop.launch().template()).isEqualTo("lt-0123");
    }

    @Test
    void readsPricesThatReplaceTheCatalogs() {
        String prices = "on-demand-prices: [{ region: eu-west-1, type: t3.micro, usd-per-hour: 0.0114 }]";

        assertThat(Sample.read(Sample.with(STATE, prices)).config().onDemandPrices())
                .containsExactly(new OnDemandPrice("eu-west-1", new InstanceType("t3.micro"), 0.0114));
    }

    @Test
    void passesSpringsOwnKeysOnWithTheirPlaces() {
        Reading.Read read = Sample.read(Sample.GOOD + """
                server.address: 0.0.0.0
                server: { port: 9090 }
                logging:
                  level: { "[dev.mainstay]": debug, root: warn }
                management:
                """);
        var source = new OriginTrackedMapPropertySource("x.yaml", read.bootKeys());

        assertThat(source.getPropertyNames())
                .containsExactlyInAnyOrder(
                        "server.address", "server.port", "logging.level[dev.mainstay]", "logging.level.root");
        assertThat(source.getProperty("server.port")).isEqualTo("9090");
        assertThat(source.getOrigin("server.port")).hasToString("x.yaml - 13:11");
    }

    @Test
    void warnsOfWhatIsAllowedButHardlyMeant() {
        String text = Sample.with(CAPACITY, "capacity: { desired: 4, max: 4 }")
                .replace(SPOT, SPOT + "\n      credits: { remedy: rest, resume-at: 60 }");

        assertThat(Sample.read(text).warnings())
                .extracting(Mistake::toString)
                .containsExactly(
                        "x.yaml:10:31: mainstay.clusters.blog.capacity.max: leaves no room to launch a replacement before a"
                                + " sick node goes; desired + 1 or more does",
                        "x.yaml:12:18: mainstay.clusters.blog.credits.remedy: rest never helps here: none of the types"
                                + " earns 55 credits in 2 hours; lower resume-at");
    }

    private static ClusterSpec only(String text) {
        List<ClusterSpec> clusters = Sample.read(text).config().clusters();
        assertThat(clusters).hasSize(1);
        return clusters.getFirst();
    }

    private static List<InstanceType> types(String... names) {
        return List.of(names).stream().map(InstanceType::new).toList();
    }
}
