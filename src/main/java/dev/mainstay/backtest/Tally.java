package dev.mainstay.backtest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens in one run. The time until the first nodes can serve is paid, and judged no policy's fault: ticks count
 * from the end of the first cold start on. Not thread-safe.
 */
final class Tally {
    private final Frame frame;
    private final SpotMarket market;
    private final @Nullable Course course;
    private final List<Integer> switches = new ArrayList<>();
    private int judged;
    private int whole;
    private long inService;
    private int gap;
    private int longestGap;
    private int allDown;
    private double paid;
    private int losses;
    private int lossEvents;
    private int launches;
    private int refusals;

    Tally(Frame frame, SpotMarket market) {
        this(frame, market, null);
    }

    /** @param course keeps how it went; null: nobody wants to know */
    Tally(Frame frame, SpotMarket market, @Nullable Course course) {
        this.frame = frame;
        this.market = market;
        this.course = course;
    }

    void tick(Turn turn, List<Machine> alive) {
        int serving = 0;
        for (Machine node : alive) {
            serving += turn.serves(node) ? 1 : 0;
            paid += node.spot() ? market.price(node.zone(), turn.tick()) : market.onDemandPrice();
        }
        if (course != null) {
            course.add(step(turn, alive));
        }
        if (turn.tick() < frame.bootTicks()) {
            return;
        }
        judged++;
        inService += Math.min(serving, frame.desired());
        allDown += serving == 0 ? 1 : 0;
        boolean enough = serving >= frame.desired();
        whole += enough ? 1 : 0;
        gap = enough ? 0 : gap + 1;
        longestGap = Math.max(longestGap, gap);
    }

    private Course.Step step(Turn turn, List<Machine> alive) {
        int spot = 0;
        int onDemand = 0;
        Integer[] perZone = new Integer[market.zoneCount()];
        Arrays.fill(perZone, 0);
        for (Machine node : alive) {
            boolean serves = turn.serves(node);
            spot += serves && node.spot() ? 1 : 0;
            onDemand += serves && !node.spot() ? 1 : 0;
            perZone[node.zone()]++;
        }
        return new Course.Step(turn.tick(), spot, onDemand, alive.size() - spot - onDemand, List.of(perZone));
    }

    void loss() {
        losses++;
    }

    void lossEvent() {
        lossEvents++;
    }

    void launch() {
        launches++;
    }

    void refusal() {
        refusals++;
    }

    void switched(int tick) {
        switches.add(tick);
    }

    Figures figures() {
        double time = Math.max(1, judged);
        return new Figures(
                whole / time,
                inService / (time * frame.desired()),
                paid / (market.onDemandPrice() * frame.desired() * market.ticks()),
                losses,
                lossEvents,
                launches,
                refusals,
                switches.size(),
                mostInADay(),
                longestGap * frame.tick().toSeconds(),
                allDown / time);
    }

    /** The most switches in any 24 hours. */
    private int mostInADay() {
        int day = frame.ticks(Duration.ofDays(1));
        int most = 0;
        int first = 0;
        for (int last = 0; last < switches.size(); last++) {
            while (switches.get(first) <= switches.get(last) - day) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }
}
