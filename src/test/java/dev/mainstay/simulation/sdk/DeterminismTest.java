package dev.mainstay.simulation.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.trace.GeneratedHistories;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;

class DeterminismTest {
    private static final List<String> ZONES = List.of("us-east-1a", "us-east-1b", "us-east-1c");

    @Test
    void answersTheSameForTheSameSeed() {
        assertThat(transcript(7)).isEqualTo(transcript(7));
    }

    @Test
    void answersOtherwiseForAnotherSeed() {
        assertThat(transcript(7)).isNotEqualTo(transcript(8));
    }

    /** Half a day of a clumsy owner: launches at random, registers, and writes down all that AWS says. */
    private static List<String> transcript(long seed) {
        var histories = GeneratedHistories.of(
                seed, ZONES.stream().map(Zone::new).toList(), new InstanceType("t2.micro"), 0.0116, Duration.ofDays(1));
        Region region = new Region(WorldSpec.calm(seed)
                .withApi(new WorldSpec.Api(3, Duration.ofSeconds(90), Duration.ofMillis(100)))
                .withSpot(WorldSpec.SpotRules.CALM
                        .withPrices(histories.prices())
                        .withCapacities(histories.capacities())
                        .withMissingNotices(0.2))
                .withTraffic(new WorldSpec.Traffic(histories.visitors(), histories.crawler(), 4)));
        SplittableRandom owner = new SplittableRandom(42);
        List<String> lines = new ArrayList<>();
        for (int turn = 0; turn < 144; turn++) {
            region.passMinutes(5);
            try {
                if (region.instances().size() < 12) {
                    lines.add("launched "
                            + region.launch(
                                    owner.nextInt(3) == 0 ? Market.ON_DEMAND : Market.SPOT,
                                    ZONES.get(owner.nextInt(3)),
                                    1 + owner.nextInt(2)));
                }
            } catch (Ec2Exception refused) {
                lines.add("refused " + refused.awsErrorDetails().errorCode());
            }
            List<Instance> instances = region.instances();
            List<String> running = instances.stream()
                    .filter(row -> row.state().nameAsString().equals("running"))
                    .map(Instance::instanceId)
                    .toList();
            if (!running.isEmpty()) {
                region.register(running);
                if (turn % 20 == 19) {
                    region.world.inject(new Fault.Hang(Region.node(running.getFirst())));
                }
            }
            lines.add(instances.toString());
            lines.add(region.ec2.describeSpotInstanceRequestsPaginator().spotInstanceRequests().stream()
                    .toList()
                    .toString());
            for (String id : running) {
                lines.add(region.health(id) + " " + region.samples(id, "CPUCreditBalance"));
            }
        }
        return lines;
    }
}
