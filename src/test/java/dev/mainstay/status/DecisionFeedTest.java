package dev.mainstay.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Role;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Reason;
import dev.mainstay.status.Decision.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionFeedTest {
    private static final ClusterName BLOG = new ClusterName("blog");
    private final DecisionFeed feed = new DecisionFeed(4);

    @Test
    void tellsTheNewestFirst() {
        Stories.spotLost().forEach(feed);

        assertThat(feed.newest(BLOG, 3))
                .extracting(Decision::verdict)
                .containsExactly(Verdict.WITHHELD, Verdict.DONE, Verdict.DONE);
    }

    @Test
    void tellsWhatIsHeldBackOnceUntilItStopsBeingHeld() {
        List<Pass> passes = List.of(held(1, 2), held(2, 3), Drawn.healthy().pass(3), held(4, 2));
        passes.forEach(feed);

        assertThat(feed.newest(BLOG, 10)).hasSize(2).allMatch(decision -> "floor".equals(decision.guard()));
    }

    @Test
    void joinsFailuresOfTheSameKindIntoOneLineWithItsCount() {
        for (int pass = 0; pass < 5; pass++) {
            feed.accept(refused(pass));
        }

        Decision decision = feed.newest(BLOG, 10).getFirst();
        assertThat(feed.newest(BLOG, 10)).hasSize(1);
        assertThat(decision.times()).isEqualTo(5);
        assertThat(decision.at()).isEqualTo(Drawn.NOW.plusSeconds(120));
    }

    @Test
    void beginsANewLineForAFailureAfterSomethingWasDone() {
        feed.accept(refused(0));
        feed.accept(Drawn.healthy()
                .did(Stories.terminate("i-1", Stories.sick()), Stories.done())
                .pass(1));
        feed.accept(refused(2));

        assertThat(feed.newest(BLOG, 10))
                .extracting(Decision::verdict)
                .containsExactly(Verdict.FAILED, Verdict.DONE, Verdict.FAILED);
    }

    @Test
    void forgetsTheOldestBeyondItsLimit() {
        for (int pass = 0; pass < 9; pass++) {
            feed.accept(Drawn.healthy()
                    .did(Stories.terminate("i-" + pass, Stories.sick()), Stories.done())
                    .pass(pass));
        }

        assertThat(feed.newest(BLOG, 10))
                .extracting(Decision::deed)
                .containsExactly("terminate i-8", "terminate i-7", "terminate i-6", "terminate i-5");
    }

    private static Pass held(int pass, int inService) {
        return Drawn.healthy()
                .at(Drawn.NOW.plusSeconds(30L * pass))
                .withheld(
                        Stories.terminate("i-0a2c", Stories.sick()), GuardName.FLOOR, new Reason.AtFloor(inService, 2))
                .pass(pass);
    }

    private static Pass refused(int pass) {
        Action launch = Stories.launch(Market.SPOT, "a", Role.SPOT, new Reason.CapacityMissing(3 - pass % 2, 4));
        return Drawn.healthy()
                .at(Drawn.NOW.plus(Duration.ofSeconds(30L * pass)))
                .did(launch, Stories.noCapacity())
                .pass(pass);
    }
}
