package dev.mainstay.backtest;

import dev.mainstay.cluster.Market;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One policy on one market, from its first tick to its last. At each tick the market takes what it has no room for any more,
 * drawn by lot, and tells of whom it will have none for two minutes later; then the policy decides, and the tick is judged and
 * paid.
 */
final class Replay implements Turn {
    private final Frame frame;
    private final SpotMarket market;
    private final Tally tally;
    private final SplittableRandom lots;
    private final SplittableRandom ofPolicy;
    private final List<Machine> alive = new ArrayList<>();
    private int tick;
    private int launched;

    Replay(Frame frame, SpotMarket market, long seed, Tally tally) {
        this.frame = frame;
        this.market = market;
        this.tally = tally;
        SplittableRandom source = new SplittableRandom(seed);
        this.lots = source.split();
        this.ofPolicy = source.split();
    }

    void run(Policy policy) {
        for (tick = 0; tick < market.ticks(); tick++) {
            for (int zone = 0; zone < market.zoneCount(); zone++) {
                takeFrom(zone);
                announceIn(zone);
            }
            policy.decide(this);
            tally.tick(this, alive);
        }
    }

    private void takeFrom(int zone) {
        List<Machine> inside = inside(zone);
        int before = inside.size();
        inside.removeIf(node -> node.noticed(tick) && node.dueAt(tick) && take(node));
        while (inside.size() > market.room(zone, tick)) {
            Machine next = inside.stream()
                    .filter(Machine::chosen)
                    .findFirst()
                    .orElseGet(() -> inside.get(lots.nextInt(inside.size())));
            inside.remove(next);
            take(next);
        }
        if (inside.size() < before) {
            tally.lossEvent();
        }
    }

    private boolean take(Machine node) {
        node.take(tick);
        alive.remove(node);
        tally.loss();
        return true;
    }

    /** Chooses whom the zone will have no room for when the time of a notice is over, and tells as many as are to be told. */
    private void announceIn(int zone) {
        int then = tick + frame.noticeTicks();
        List<Machine> staying = inside(zone);
        staying.removeIf(Machine::chosen);
        if (then >= market.ticks() || staying.size() <= market.room(zone, then)) {
            return;
        }
        boolean zoneTold = drawn();
        while (staying.size() > market.room(zone, then)) {
            Machine victim = staying.remove(lots.nextInt(staying.size()));
            victim.choose(then);
            boolean told = drawn();
            if (frame.noticeModel() == Frame.NoticeModel.ZONE ? zoneTold : told) {
                victim.notice(tick);
            }
        }
    }

    private boolean drawn() {
        return lots.nextDouble() < frame.noticeProbability();
    }

    private List<Machine> inside(int zone) {
        List<Machine> inside = new ArrayList<>();
        for (Machine node : alive) {
            if (node.spot() && node.zone() == zone) {
                inside.add(node);
            }
        }
        return inside;
    }

    @Override
    public Frame frame() {
        return frame;
    }

    @Override
    public SpotMarket market() {
        return market;
    }

    @Override
    public int tick() {
        return tick;
    }

    @Override
    public List<Machine> nodes() {
        return List.copyOf(alive);
    }

    @Override
    public boolean serves(Machine node) {
        return node.alive() && node.inRotation() && tick - node.launchedAt() >= frame.bootTicks();
    }

    @Override
    public Optional<Machine> launchSpot(int zone) {
        return launchSpot(zone, 1).stream().findFirst();
    }

    @Override
    public List<Machine> launchSpot(int zone, int count) {
        int free = market.room(zone, tick) - inside(zone).size();
        List<Machine> made = new ArrayList<>();
        while (made.size() < Math.min(count, free)) {
            made.add(launch(Market.SPOT, zone));
        }
        if (made.size() < count) {
            tally.refusal();
        }
        return made;
    }

    @Override
    public Machine launchOnDemand(int zone) {
        return launch(Market.ON_DEMAND, zone);
    }

    private Machine launch(Market kind, int zone) {
        Machine node = new Machine(++launched, kind, zone, tick);
        alive.add(node);
        tally.launch();
        return node;
    }

    @Override
    public void terminate(Machine node) {
        node.end(tick);
        alive.remove(node);
    }

    @Override
    public void switched() {
        tally.switched(tick);
    }

    @Override
    public RandomGenerator random() {
        return ofPolicy;
    }
}
