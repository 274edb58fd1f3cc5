package dev.mainstay.stories;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One story, read.
 *
 * @param about what kind of trouble it is about
 * @param cluster the line at which the cluster begins, for what is wrong with it
 * @param expectations by the line that states them
 */
record Story(
        String title,
        About about,
        String why,
        Setting setting,
        Words cluster,
        List<Happening> happenings,
        Map<Words, Expectation> expectations) {

    Story {
        happenings =
                happenings.stream().sorted(Comparator.comparing(Happening::at)).toList();
        expectations = new LinkedHashMap<>(expectations);
    }

    /** Plays it, and says what did not come about. */
    List<String> shortcomings(List<String> log) {
        try (Stage stage = new Stage(setting.spec(cluster, Map.of()), setting.world(), setting.opening())) {
            stage.runTo(setting.opening());
            for (Happening happening : happenings) {
                stage.runTo(happening.at());
                happening.event().on(stage);
            }
            Tale tale = stage.tale();
            log.addAll(tale.log());
            List<String> found = new ArrayList<>(tale.troubles());
            expectations.forEach((line, expectation) -> expectation
                    .unmet(tale)
                    .ifPresent(why -> found.add("line %d: %s: %s".formatted(line.line(), line.text(), why))));
            return found;
        }
    }
}
