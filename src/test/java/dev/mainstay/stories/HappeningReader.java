package dev.mainstay.stories;

import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Surroundings;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.Zone;
import dev.mainstay.planning.Control;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.MetricsFailure;
import dev.mainstay.simulation.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what happens, one line at a time. Prices and loads go into the setting, since histories are made beforehand. */
final class HappeningReader {
    private static final Pattern OPERATION = Pattern.compile("[A-Z][a-z]+[A-Z][A-Za-z]+\\*?|Describe\\*");
    private static final Pattern TAG = Pattern.compile("[^=\\s]+=\\S+");
    private static final Pattern KEY = Pattern.compile("[a-z:-]+");
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Za-z.]+");
    private static final Happening.Event NOTHING = stage -> {};
    private static final Duration RESTART = Duration.ofSeconds(10);

    private final Setting setting;
    private final Words words;
    private final Duration at;

    private HappeningReader(Setting setting, Words words) {
        this.setting = setting;
        this.words = words;
        this.at = words.time();
    }

    static Happening read(Setting setting, Words words) {
        HappeningReader reader = new HappeningReader(setting, words);
        Happening happening = new Happening(reader.at, words, reader.event());
        words.end();
        return happening;
    }

    private Happening.Event event() {
        if (words.take("the story ends")) {
            return NOTHING;
        }
        if (words.take("spot")) {
            return market(Market.SPOT);
        }
        if (words.take("on-demand")) {
            words.need("is refused");
            return refused(Market.ON_DEMAND);
        }
        if (words.take("launches are refused")) {
            return refused(null);
        }
        if (words.take("the load is")) {
            setting.loads.put(at, words.percent());
            words.need("a node");
            return NOTHING;
        }
        if (words.take("a crawler takes")) {
            setting.crawlers.put(at, words.percent());
            words.need("of one node");
            return NOTHING;
        }
        if (words.take("the crawler leaves")) {
            setting.crawlers.put(at, 0.0);
            return NOTHING;
        }
        if (words.take("the database fails")) {
            Zone zone = words.take("in") ? words.zone() : null;
            Duration until = until();
            return stage -> stage.inject(new Fault.Outage(zone, until));
        }
        if (words.take("the image is broken")) {
            Duration until = until();
            return stage -> stage.inject(new Fault.BreakLaunches(until));
        }
        if (words.take("terminations take no effect")) {
            Duration until = until();
            return stage -> stage.inject(new Fault.DelayTerminations(until));
        }
        if (words.take("what is launched ends by itself")) {
            Duration until = until();
            return stage -> stage.inject(new Fault.EndLaunches(until));
        }
        if (words.take("the load balancer calls every target")) {
            TargetHealth.State state = words.one(TargetHealth.State.class);
            words.need("for");
            String reason = words.word(CODE, "a reason such as Elb.InternalError");
            Duration until = until();
            return stage -> stage.inject(new Fault.MisjudgeTargets(new TargetHealth(state, reason), until));
        }
        if (words.take("CloudWatch tells")) {
            return metrics();
        }
        if (words.take("others leave")) {
            double left = words.percent() / 100;
            words.need("of AWS's limits");
            Duration until = until();
            return stage -> stage.inject(new Fault.CrowdAccount(left, until));
        }
        if (words.take("someone suspends")) {
            String process = words.word(CODE, "a process of a group, such as Launch");
            words.need("of the groups");
            Duration until = until();
            return stage -> stage.inGroups(group -> new Fault.Suspend(group, process, until));
        }
        if (words.take("an instance refresh runs")) {
            Duration until = until();
            return stage -> stage.inGroups(group -> new Fault.Refresh(group, until));
        }
        if (words.take("EC2 lists no node")) {
            Duration until = until();
            return stage -> stage.inject(new Fault.Hide(null, until));
        }
        if (words.take("Mainstay")) {
            return mainstay();
        }
        if (words.take("the journal is lost")) {
            return stage -> {
                stage.rehearsal().kill();
                stage.rehearsal().loseJournal();
                stage.rehearsal().start();
            };
        }
        if (words.take("an operator writes the file PAUSE")) {
            Duration until = words.peek("until") ? until() : null;
            return stage -> stage.rehearsal().pauseFile(pauseFile(stage, until));
        }
        if (words.take("the file PAUSE is removed")) {
            return stage -> stage.rehearsal().pauseFile(null);
        }
        if (words.take("another supervisor launches")) {
            return launch(true);
        }
        if (words.take("someone launches")) {
            return launch(false);
        }
        if (words.take("an operator says that there is no other supervisor")) {
            return stage -> stage.rehearsal().tell(new Control.Retry("an operator"));
        }
        if (words.take("an operator pauses Mainstay for")) {
            Duration length = words.length();
            return stage -> stage.rehearsal()
                    .tell(new Control.Pause(
                            stage.rehearsal().time().now().wall().plus(length), "an operator", "work by hand"));
        }
        if (words.take("an operator resumes Mainstay")) {
            return stage -> stage.rehearsal().tell(new Control.Resume("an operator"));
        }
        if (words.take("a deploy begins and takes")) {
            Duration length = words.length();
            words.need("at most");
            return stage -> stage.rehearsal().tell(new Control.DeployHold(length, "an operator", "a new version"));
        }
        if (words.take("the deploy is over")) {
            return stage -> stage.rehearsal().tell(new Control.EndDeployHold("an operator"));
        }
        if (words.take("the config changes to")) {
            String change = words.rest();
            Map<String, String> changes = Map.of(change.substring(0, Math.max(0, change.indexOf(':'))), change);
            return stage -> stage.rehearsal().reload(setting.spec(words, changes));
        }
        if (words.take("any call")) {
            return CallTroubles.read("*", at, words);
        }
        if (words.matches(OPERATION)) {
            return CallTroubles.read(operation(), at, words);
        }
        return nodes();
    }

    private Happening.Event metrics() {
        MetricsFailure how = Stream.of(MetricsFailure.values())
                .filter(each -> words.take(words(each)))
                .findFirst()
                .orElseThrow(words::refused);
        Fault spoilt = new Fault.SpoilMetrics(how, until());
        return stage -> stage.inject(spoilt);
    }

    private static String words(MetricsFailure how) {
        return switch (how) {
            case MISSING -> "nothing";
            case GAPS -> "half of it";
            case NOT_A_NUMBER -> "no numbers";
            case STALE -> "no news";
        };
    }

    private String operation() {
        return words.word(OPERATION, "an AWS operation such as RunInstances");
    }

    private static Surroundings.PauseFile pauseFile(Stage stage, Duration until) {
        World world = stage.rehearsal().world();
        return new Surroundings.PauseFile(world.now(), until == null ? null : world.at(until), "work by hand");
    }

    /** Nodes that Mainstay did not launch; another supervisor's carry the cluster's tag. */
    private Happening.Event launch(boolean supervised) {
        int count = words.number();
        Market market = Who.market(words) == Market.SPOT ? Market.SPOT : Market.ON_DEMAND;
        words.takeAny("nodes", "node");
        return stage -> stage.launch(count, market, supervised);
    }

    private Happening.Event market(Market market) {
        if (words.take("is refused")) {
            return refused(market);
        }
        Zone only = words.take("in") ? words.zone() : null;
        words.need("costs");
        double price = words.decimal();
        for (Zone zone : only == null ? List.copyOf(setting.subnets.keySet()) : List.of(only)) {
            setting.prices.computeIfAbsent(zone, _ -> new TreeMap<>()).put(at, price);
        }
        return NOTHING;
    }

    private Happening.Event refused(Market market) {
        Zone zone = words.take("in") ? words.zone() : null;
        Duration until = until();
        return stage -> stage.inject(new Fault.RefuseLaunches(zone, market, until));
    }

    private Duration until() {
        words.need("until");
        Duration until = words.time();
        if (until.compareTo(at) <= 0) {
            throw words.mistake("%s is not after %s".formatted(Clock.of(until), Clock.of(at)));
        }
        return until;
    }

    private Happening.Event mainstay() {
        if (words.take("is killed")) {
            return stage -> {
                stage.rehearsal().kill();
                stage.rehearsal().time().at(stage.elapsed().plus(RESTART), stage.rehearsal()::start);
            };
        }
        if (words.take("is down")) {
            Duration until = until();
            return stage -> {
                stage.rehearsal().kill();
                stage.rehearsal().time().at(until, () -> {
                    stage.excuseSilence();
                    stage.rehearsal().start();
                });
            };
        }
        if (words.take("crashes at its next")) {
            String operation = operation();
            boolean after = words.take("after it took effect");
            if (!after) {
                words.need("before it is sent");
            }
            return stage -> stage.crashAt(operation, after);
        }
        if (words.take("freezes for")) {
            return freeze(false);
        }
        if (words.take("sleeps with its machine for")) {
            return freeze(true);
        }
        if (words.take("reads a clock that is wrong by")) {
            Duration by = words.length();
            Duration until = until();
            return stage -> stage.inject(new Fault.SkewClock(by, until));
        }
        words.need("reads a clock that is set");
        boolean back = words.take("back");
        if (!back) {
            words.need("forward");
        }
        words.need("by");
        Duration by = words.length();
        return stage -> stage.inject(new Fault.StepClock(back ? by.negated() : by));
    }

    private Happening.Event freeze(boolean asleep) {
        Duration length = words.length();
        words.need("after its next");
        String operation = operation();
        return stage -> {
            stage.inject(new Fault.Freeze(operation, length, asleep));
            stage.excuseSilence(length);
        };
    }

    private Happening.Event nodes() {
        List<String> names = new ArrayList<>();
        Who who = Who.read(words);
        while (who instanceof Who.Named(String name) && words.peek("and")) {
            words.need("and");
            names.add(name);
            who = Who.read(words);
        }
        if (who instanceof Who.Named(String name) && words.take(",")) {
            names.add(name);
            who = Who.read(words);
            words.need(",");
        } else if (!names.isEmpty()) {
            throw words.mistake("two names need the nodes that they are for, such as A and B, 2 spot nodes, hang");
        }
        Who chosen = who;
        BiConsumer<Stage, NodeId> deed = deed();
        return stage -> {
            List<NodeId> nodes = chosen.now(stage, words);
            if (!names.isEmpty() && names.size() != nodes.size()) {
                throw words.mistake("%d names for %d nodes".formatted(names.size(), nodes.size()));
            }
            for (int i = 0; i < names.size(); i++) {
                stage.tale().name(names.get(i), nodes.get(i));
            }
            nodes.forEach(node -> deed.accept(stage, node));
        };
    }

    private BiConsumer<Stage, NodeId> deed() {
        if (words.takeAny("hangs", "hang")) {
            return inject(Fault.Hang::new);
        }
        if (words.takeAny("recovers", "recover")) {
            return inject(Fault.Recover::new);
        }
        if (words.takeAny("fails its status checks", "fail their status checks")) {
            return inject(Fault.Impair::new);
        }
        if (words.takeAny("loses the tag", "lose the tag")) {
            String key = words.word(KEY, "a tag's key");
            return inject(node -> new Fault.Tag(node, key, null));
        }
        if (!words.takeAny("is", "are")) {
            throw words.refused();
        }
        if (words.take("terminated by someone")) {
            return inject(Fault.TerminateBehindBack::new);
        }
        if (words.take("ended by its group")) {
            return inject(Fault.EndInGroup::new);
        }
        if (words.take("registered by someone")) {
            return Stage::register;
        }
        if (words.take("stopped by someone")) {
            return inject(Fault.Stop::new);
        }
        if (words.take("deregistered by someone")) {
            return inject(Fault.Deregister::new);
        }
        if (words.take("taken back without notice")) {
            return inject(node -> new Fault.Interrupt(node, false));
        }
        if (words.take("taken back with notice")) {
            return inject(node -> new Fault.Interrupt(node, true));
        }
        if (words.take("taken back with a notice of only")) {
            Duration warning = words.length();
            return inject(node -> new Fault.InterruptLate(node, warning));
        }
        if (words.take("given a notice for nothing")) {
            return inject(Fault.NoticeFalsely::new);
        }
        if (words.take("not listed by EC2")) {
            Duration until = until();
            return inject(node -> new Fault.Hide(node, until));
        }
        if (words.take("retired by EC2 at")) {
            Duration end = words.time();
            return inject(node -> new Fault.Retire(node, end));
        }
        if (words.take("protected by its owner")) {
            return inject(node -> new Fault.Tag(node, Tags.PROTECTED, "true"));
        }
        if (words.take("protected from termination at EC2")) {
            return inject(Fault.ForbidTermination::new);
        }
        if (words.take("tagged")) {
            String[] tag = words.word(TAG, "a tag such as owner=eve").split("=", 2);
            return inject(node -> new Fault.Tag(node, tag[0], tag[1]));
        }
        throw words.refused();
    }

    private static BiConsumer<Stage, NodeId> inject(Function<NodeId, Fault> fault) {
        return (stage, node) -> stage.inject(fault.apply(node));
    }
}
