package dev.mainstay.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.LaunchBy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main stories once more, where EC2 chooses among the pools. */
class ByFleetTest {
    @ParameterizedTest
    @ValueSource(strings = {"hung-node", "spot-gone", "spot-notice", "spot-lost-everywhere", "crawler", "broken-image"})
    void theSameComesAbout(String name) throws IOException {
        Story story = StoryReader.read(StoriesTest.STORIES.resolve(name + ".txt"));
        story.setting().launchBy = LaunchBy.FLEET;
        List<String> log = new ArrayList<>();

        List<String> shortcomings = story.shortcomings(log);

        assertThat(shortcomings).as(String.join("\n", log)).isEmpty();
    }
}
