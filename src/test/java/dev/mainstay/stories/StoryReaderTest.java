package dev.mainstay.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a story that cannot be understood. */
class StoryReaderTest {
    private static final String GOOD = """
            A node hangs

            about: bad-health-checks
            why:
              It happens.
            cluster:
              capacity: { desired: 4 }
            world:
              seed 3
            events:
              09:05 A, a spot node, hangs
              10:00 the story ends
            expect:
              by 09:20 terminate A
            """;

    @Test
    void readsAStory() {
        Story story = StoryReader.read("x.txt", GOOD);

        assertThat(story.title()).isEqualTo("A node hangs");
        assertThat(story.happenings()).hasSize(2);
        assertThat(story.expectations()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            about: bad-health-checks     | about: bad-luck              | x.txt:3: 'bad-luck' is not understood; allowed here: 'wrong-kills', 'bad-health-checks'
            world:                       | word:                        | x.txt:8: 'word' is no part of a story; there are about, why, cluster, world, events, expect
            world:                       | why:                         | x.txt:8: 'why' comes too late or twice
            seed 3                       | seed x                       | x.txt:9: 'x' is not understood; allowed here: a whole number
            seed 3                       | sed 3                        | x.txt:9: 'sed 3' is not understood; allowed here: 'the cluster is new', 'seed'
            seed 3                       | seed 3 4                     | x.txt:9: '4' is not understood; allowed here: the end of the line
            capacity: { desired: 4 }     | capacity: { wanted: 4 }      | x.txt:1: this is no config:
            09:05 A                      | 9:05 A                       | x.txt:11: '9:05 A, a spot node, hangs'
            09:05 A                      | 07:05 A                      | x.txt:11: 07:05 is before the world begins, at 08:00
            09:05 A                      | 08:05 A                      | x.txt:11: 08:05 is before 09:00
            a spot node, hangs           | a spot node, hung            | x.txt:11: 'hung' is not understood; allowed here: 'hangs'
            10:00 the story ends         | 10:00 A recovers             | x.txt:15: the last event must say when it is over
            by 09:20 terminate A         | by 09:20 kill A              | x.txt:14: 'kill A' is not understood; allowed here: 'condition', 'held back by'
            by 09:20 terminate A         | by 09:20                     | x.txt:14: the line ends too early; allowed here: 'condition'
            by 09:20 terminate A         | never condition all-is-well  | x.txt:14: 'all-is-well' is not understood; allowed here: 'below-desired'
            by 09:20 terminate A         | in the end 4 serve           | x.txt:14: 'serve' is not understood; allowed here: 'in service'
            """)
    void saysWhereWhatAndWhatIsAllowed(String piece, String replacement, String mistake) {
        String bad = GOOD.replace(piece, replacement);
        assertThat(bad).isNotEqualTo(GOOD);

        assertThatThrownBy(() -> StoryReader.read("x.txt", bad)).hasMessageStartingWith(mistake);
    }

    @Test
    void saysWhatDidNotCome() {
        Story story = StoryReader.read("x.txt", GOOD.replace("by 09:20 terminate A", "by 09:07 terminate A"));

        assertThat(story.shortcomings(new java.util.ArrayList<>()))
                .containsExactly("line 14: by 09:07 terminate A: by then there were 0");
    }

    @Test
    void aNameThatNobodyHasIsAMistake() {
        Story story = StoryReader.read("x.txt", GOOD.replace("by 09:20 terminate A", "by 09:20 terminate B"));

        assertThatThrownBy(() -> story.shortcomings(new java.util.ArrayList<>()))
                .hasMessage("x.txt:14: no node has been called B");
    }
}
