package dev.mainstay.perturbation;

import dev.mainstay.planning.ConditionName;
import dev.mainstay.simulation.WorldSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The kinds of disturbances. */
enum Kind {
    /** A crash at each of four edges of each call. */
    CRASH("crash", 53, 100) {
        @Override
        Disturbances of(Undisturbed play, int pairs) {
            List<Disturbance> different = new ArrayList<>();
            Set<Integer> moments = new HashSet<>();
            for (long call = play.first(); call <= play.last(); call++) {
                for (Crash.Edge edge : Crash.Edge.values()) {
                    Crash crash = new Crash(call, edge);
                    if (moments.add(play.record().moment(crash))) {
                        different.add(new Disturbance(
                                crash.toString(),
                                play.record().writes(call),
                                RESTART,
                                () -> new Crashes(List.of(crash))));
                    }
                }
            }
            return new Disturbances(play.calls() * Crash.Edge.values().length, different);
        }
    },

    /** Two crashes, one after the other; all pairs where the scenario is short, and else some. */
    TWO_CRASHES("two crashes", 4999, 20) {
        @Override
        Disturbances of(Undisturbed play, int pairs) {
            return new CrashPairs(play, pairs).find();
        }
    },

    /** Every read answered with what was true 1 to 20 passes ago, once, or for 1 to 20 passes. */
    STALE_READ("stale read", 41, 20) {
        @Override
        Disturbances of(Undisturbed play, int pairs) {
            return new StalePlays(play).find();
        }
    },

    /** Every call's answer lost, the call itself lost, the call arrived twice, the answer ten minutes late. */
    BAD_ANSWER("bad answer", 97, 100) {
        @Override
        Disturbances of(Undisturbed play, int pairs) {
            List<Disturbance> different = new ArrayList<>();
            for (long call = play.first(); call <= play.last(); call++) {
                for (BadAnswer.Manner manner : BadAnswer.Manner.values()) {
                    boolean write = play.record().writes(call);
                    boolean late = manner == BadAnswer.Manner.LATE;
                    // A read that is not sent is a read without an answer, and one that is sent twice is a read.
                    if (write || late || manner == BadAnswer.Manner.LOST) {
                        BadAnswer bad = new BadAnswer(call, manner);
                        different.add(new Disturbance(
                                bad.toString(),
                                write,
                                late ? BadAnswers.LATE.plus(TIMERS) : TRIED_AGAIN,
                                () -> new BadAnswers(bad)));
                    }
                }
            }
            return new Disturbances(play.calls() * BadAnswer.Manner.values().length, different);
        }
    },

    /** Notices of interruptions missed, late, twice, and about nobody. */
    NOTICE("notice", 3, 100) {
        @Override
        Disturbances of(Undisturbed play, int pairs) {
            List<Disturbance> all = Stream.of(Notices.Manner.values())
                    .map(manner -> new Disturbance(manner.toString(), false, NOTICE_LEAD, () -> new Notices(manner)))
                    .toList();
            return new Disturbances(all.size(), all);
        }
    },

    /** New nodes that are not to be seen for up to five minutes, or whose tags are not. */
    NEW_NODE("new node", 11, 100) {
        @Override
        Disturbances of(Undisturbed play, int pairs) {
            List<Disturbance> all = new ArrayList<>();
            for (int seconds = 30; seconds <= 300; seconds += 30) {
                for (boolean untagged : new boolean[] {false, true}) {
                    NewNode hidden = new NewNode(Duration.ofSeconds(seconds), untagged);
                    all.add(new Disturbance(
                            hidden.toString(),
                            false,
                            hidden.age(),
                            () -> new NewNodes(hidden, play.scenario().settled())));
                }
            }
            return new Disturbances(all.size(), all);
        }
    },

    /** At any call EC2 announces that it takes one of the spot nodes back: those that serve, boot, drain or are doomed. */
    INTERRUPTION("interruption", 401, 20) {
        @Override
        Disturbances of(Undisturbed play, int pairs) {
            return struck(play, Set.of(Stroke.Deed.INTERRUPT));
        }
    },

    /** At any call someone terminates, stops, deregisters or untags one of the nodes, or adds one of his own. */
    OTHER_HANDS("other hands", 1999, 20) {
        @Override
        Disturbances of(Undisturbed play, int pairs) {
            return struck(play, EnumSet.complementOf(EnumSet.of(Stroke.Deed.INTERRUPT)));
        }
    };

    /** The daemon is started again so long after a crash. */
    static final Duration RESTART = Duration.ofSeconds(10);

    /** For so long nobody watched, so the timers at whose end something is destroyed start anew. */
    private static final Duration TIMERS = Duration.ofMinutes(6);

    /** The SDK tries a read again, or the next pass does. */
    private static final Duration TRIED_AGAIN = Duration.ofMinutes(1);

    private static final Duration NOTICE_LEAD = Duration.ofMinutes(2);

    /** A pool that was lost is closed for minutes; a stand-in comes, and goes when spot is back. */
    private static final Duration STANDS_IN = Duration.ofMinutes(20);

    /** So long a node is left to whoever took it out of rotation. */
    private static final Duration LEFT_ALONE = Duration.ofHours(1);

    private final String what;
    private final int step;
    private final int quietPasses;

    Kind(String what, int step, int quietPasses) {
        this.what = what;
        this.step = step;
        this.quietPasses = quietPasses;
    }

    /** For so many passes nothing may be written in the end; fewer where there are very many plays. */
    int quietPasses() {
        return quietPasses;
    }

    /** The suite tries one of so many. */
    int step() {
        return step;
    }

    /**
     * All of this kind that are different from each other in this scenario.
     *
     * @param pairs as many pairs of crashes where there are more
     */
    abstract Disturbances of(Undisturbed play, int pairs);

    /**
     * A node that serves is replaced in the two minutes of its notice, if it is noticed at the next pass; one that boots has
     * to boot anew. Where credits run out, or where nobody may write, it is another story that is told then.
     */
    private static Disturbances struck(Undisturbed play, Set<Stroke.Deed> deeds) {
        List<Disturbance> all = new ArrayList<>();
        Duration loop = play.scenario().spec().interval();
        Duration boot = WorldSpec.Boot.TYPICAL.answersTo().plus(WorldSpec.HealthChecks.TYPICAL.interval());
        Duration late = boot.compareTo(NOTICE_LEAD) > 0 ? boot.minus(NOTICE_LEAD) : Duration.ZERO;
        Duration missing = play.missing();
        boolean paused = play.told().contains(ConditionName.PAUSED);
        for (long call = play.first(); call <= play.last() && play.scenario().anyoneMayBeMissing(); call++) {
            for (Stroke stroke : play.record().strokes(call)) {
                if (deeds.contains(stroke.deed())) {
                    boolean replacedInTime = stroke.deed() == Stroke.Deed.INTERRUPT && !paused;
                    Duration gap = (stroke.served() ? late : boot).plus(loop.multipliedBy(2));
                    all.add(new Disturbance(
                            stroke.toString(),
                            play.record().writes(call),
                            stroke.deed() == Stroke.Deed.DEREGISTER ? STANDS_IN.plus(LEFT_ALONE) : STANDS_IN,
                            () -> new Strokes(stroke),
                            new Disturbance.Judgement.SameShape(replacedInTime ? missing.plus(gap) : null)));
                }
            }
        }
        return new Disturbances(all.size(), all);
    }

    /** In a table: what comes of each. */
    String wanted() {
        return this == INTERRUPTION || this == OTHER_HANDS ? "same shape" : "same end";
    }

    /** In a table. */
    String what() {
        return what;
    }

    /** In a command. */
    String label() {
        return what.replace(' ', '-');
    }

    static Kind labelled(String label) {
        return Stream.of(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind " + label));
    }

    /**
     * What there is to try.
     *
     * @param tried how many points of the scenario are disturbed
     * @param points how many there are
     * @param different one for each group of points at which the disturbance makes one and the same play
     */
    record Disturbances(long tried, long points, List<Disturbance> different) {
        private static final int MORE_OFTEN = 20;

        /** All points are. */
        Disturbances(long points, List<Disturbance> different) {
            this(points, points, different);
        }

        /** One of so many, evenly; of those at writes, more. */
        List<Disturbance> slice(int step) {
            List<Disturbance> slice = new ArrayList<>();
            int passed = step / 2;
            for (Disturbance disturbance : different) {
                passed += disturbance.writes() ? MORE_OFTEN : 1;
                if (passed >= step) {
                    slice.add(disturbance);
                    passed %= step;
                }
            }
            return slice;
        }
    }
}
