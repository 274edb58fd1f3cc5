package dev.mainstay.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main stories once more, behind each kind of load balancer; a hung node at a network one is a story of its own. */
class BehindEachBalancerTest {
    @ParameterizedTest
    @CsvSource({
        "TWO_TARGET_GROUPS, hung-node",
        "TWO_TARGET_GROUPS, spot-gone",
        "TWO_TARGET_GROUPS, spot-lost-everywhere",
        "TWO_TARGET_GROUPS, crawler",
        "NETWORK, spot-gone",
        "NETWORK, spot-lost-everywhere",
        "NETWORK, crawler",
        "CLASSIC, hung-node",
        "CLASSIC, spot-gone",
        "CLASSIC, spot-lost-everywhere",
        "CLASSIC, crawler",
    })
    void theSameComesAbout(Balancing balancing, String name) throws IOException {
        Story story = StoryReader.read(StoriesTest.STORIES.resolve(name + ".txt"));
        story.setting().balancing = balancing;
        List<String> log = new ArrayList<>();

        List<String> shortcomings = story.shortcomings(log);

        assertThat(shortcomings).as(String.join("\n", log)).isEmpty();
    }
}
