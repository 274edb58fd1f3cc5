package dev.mainstay.perturbation;

import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.testing.Rehearsal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Records what is called and answered, and when something is stored. */
final class Recording implements Interference {
    /** An edge of a call, or of a store. */
    private enum Mark {
        CALL,
        ANSWER,
        STORE,
        STORED
    }

    /** One call, the pass in which it was made, and what it was answered. */
    record Heard(Call call, int pass, Object answer) {}

    private final List<Mark> marks = new ArrayList<>();
    private final Map<Long, Integer> answers = new HashMap<>();
    private final List<Heard> heard = new ArrayList<>();
    private final Set<Long> writes = new HashSet<>();
    private final Map<Long, List<Stroke>> strokes = new HashMap<>();
    private Rehearsal cluster;

    @Override
    public void attach(Rehearsal playing) {
        cluster = playing;
    }

    List<Heard> heard() {
        return heard;
    }

    @Override
    public void before(Call call) {
        marks.add(Mark.CALL);
        if (call.writes()) {
            writes.add(call.number());
        }
    }

    @Override
    public <R> R carry(Call call, Supplier<R> there) {
        R answer = there.get();
        heard.add(new Heard(call, cluster.passes().size(), answer));
        return answer;
    }

    @Override
    public void after(Call call) {
        answers.put(call.number(), marks.size());
        marks.add(Mark.ANSWER);
        strokes.put(call.number(), possible(call.number()));
    }

    /** What could happen to a node right after that call. */
    List<Stroke> strokes(long call) {
        return strokes.get(call);
    }

    private List<Stroke> possible(long call) {
        List<Machine> alive = cluster.alive();
        Set<Machine> serving = Watch.serving(cluster.world());
        List<Stroke> possible = new ArrayList<>();
        for (Stroke.Deed deed : Stroke.Deed.values()) {
            int victims = deed == Stroke.Deed.ADD ? 1 : alive.size();
            for (int victim = 0; victim < victims; victim++) {
                if (deed == Stroke.Deed.ADD || Strokes.possible(deed, alive.get(victim), alive.size() - 1)) {
                    boolean serves = deed != Stroke.Deed.ADD && serving.contains(alive.get(victim));
                    possible.add(new Stroke(call, deed, victim, serves));
                }
            }
        }
        return possible;
    }

    @Override
    public void beforeStore() {
        marks.add(Mark.STORE);
    }

    @Override
    public void afterStore() {
        marks.add(Mark.STORED);
    }

    boolean writes(long call) {
        return writes.contains(call);
    }

    /** The moment of a crash, as a place in the recording: two crashes at one moment are one and the same play. */
    int moment(Crash crash) {
        int answer = answers.get(crash.call());
        return switch (crash.edge()) {
            case BEFORE_SENT -> answer - 1;
            case AFTER_SENT -> answer;
            case AFTER_ANSWER -> answer + 1;
            case AFTER_JOURNAL -> answer + marks.subList(answer, marks.size()).indexOf(Mark.STORED);
        };
    }
}
