package dev.mainstay.perturbation;

import java.util.List;
import java.util.stream.Stream;

/** One scenario under disturbances of one kind. */
record Trial(Undisturbed play, Kind kind, Kind.Disturbances disturbances) {
    /** @param pairs as many pairs of crashes where there are more */
    static Trial of(Undisturbed play, Kind kind, int pairs) {
        return new Trial(play, kind, kind.of(play, pairs));
    }

    /** What is wrong under these; each with the command that replays it. */
    List<String> wrong(Stream<Disturbance> disturbances, int quietPasses) {
        return disturbances
                .map(disturbance -> wrong(disturbance, quietPasses))
                .filter(found -> !found.isEmpty())
                .toList();
    }

    /** A row of the table in docs/reliability.md. */
    String row(int wrong) {
        return "| %s | %d | %s | %d | %d | %d | %s |"
                .formatted(
                        play.scenario(),
                        play.calls(),
                        kind.what(),
                        disturbances.tried(),
                        disturbances.points(),
                        disturbances.different().size(),
                        wrong == 0 ? kind.wanted() : "**%d differ**".formatted(wrong));
    }

    private String wrong(Disturbance disturbance, int quietPasses) {
        List<String> found = play.wrong(disturbance, quietPasses);
        return found.isEmpty()
                ? ""
                : "mvn test -Dtest=PerturbationTest '-Dmainstay.scenario=%s' -Dmainstay.perturbations=%s%n%s"
                        .formatted(play.scenario(), disturbance.name(), String.join("\n", found));
    }
}
