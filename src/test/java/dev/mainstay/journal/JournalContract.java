package dev.mainstay.journal;

import static dev.mainstay.journal.Memories.BIRTH;
import static dev.mainstay.journal.Memories.seenAfter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Intent;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.Memory.Seen;
import dev.mainstay.planning.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every journal. */
public interface JournalContract {
    ClusterName WEB = new ClusterName("web");
    ClusterName BATCH = new ClusterName("batch");
    Instant LATER = BIRTH.plusSeconds(3600);

    /** The same open journal through one test. */
    Journal journal();

    @Test
    default void isBornAtTheFirstLoadAndNotAgain() {
        assertThat(journal().load(WEB, BIRTH)).isEqualTo(Memory.born(BIRTH));
        assertThat(journal().load(WEB, LATER)).isEqualTo(Memory.born(BIRTH));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void loadsWhatWasStored(boolean full) {
        Memory memory = full ? Memories.rich(seenAfter(Duration.ofMinutes(5))) : Memories.bare();
        journal().store(WEB, journal().load(WEB, BIRTH), memory);
        assertThat(journal().load(WEB, LATER)).isEqualTo(asAnotherProcessReadsIt(memory));
    }

    @Test
    default void forgetsWhatIsNoLongerInTheMemory() {
        Memory rich = Memories.rich(seenAfter(Duration.ofMinutes(5)));
        journal().store(WEB, journal().load(WEB, BIRTH), rich);
        journal().store(WEB, rich, Memory.born(BIRTH));
        assertThat(journal().load(WEB, LATER)).isEqualTo(Memory.born(BIRTH));
    }

    @Test
    default void keepsClustersApart() {
        Memory rich = Memories.rich(seenAfter(Duration.ofMinutes(5)));
        journal().store(WEB, journal().load(WEB, BIRTH), rich);
        assertThat(journal().load(BATCH, LATER)).isEqualTo(Memory.born(LATER));
        journal().store(BATCH, Memory.born(LATER), Memories.with(Memory.born(LATER), Memories.calmNode()));
        assertThat(journal().load(WEB, LATER)).isEqualTo(asAnotherProcessReadsIt(rich));
    }

    @Test
    default void keepsEveryReason() {
        Memory stored = journal().load(WEB, BIRTH);
        for (Reason reason : Specimens.variants(Reason.class)) {
            Memory next = Memories.with(stored, Memories.condemnedNode(reason));
            journal().store(WEB, stored, next);
            assertThat(journal().load(WEB, LATER)).isEqualTo(next);
            stored = next;
        }
    }

    @Test
    default void keepsTheIntentOfEveryAction() {
        Memory stored = journal().load(WEB, BIRTH);
        for (Action action : Specimens.variants(Action.class)) {
            Memory next = Memories.with(stored, new Intent(new IntentId("5c1e"), action, BIRTH, LATER));
            journal().store(WEB, stored, next);
            assertThat(journal().load(WEB, LATER)).isEqualTo(next);
            stored = next;
        }
    }

    @Test
    default void keepsTheLastSightBesideAnotherChange() {
        Memory before = Memories.with(journal().load(WEB, BIRTH), seenAfter(Duration.ofMinutes(5)));
        Memory after = Memories.with(before, Memories.calmNode());
        journal().store(WEB, before, after);
        assertThat(journal().load(WEB, LATER).seen()).isEqualTo(new Seen(BIRTH.plusSeconds(300), null));
    }

    @Test
    default void keepsEverySightWhileADestructiveTimerRuns() {
        Memory sick = Memories.with(journal().load(WEB, BIRTH), Memories.sickNode());
        journal().store(WEB, Memory.born(BIRTH), sick);
        journal().store(WEB, sick, Memories.with(sick, seenAfter(Duration.ofMinutes(5))));
        assertThat(journal().load(WEB, LATER).seen()).isEqualTo(new Seen(BIRTH.plusSeconds(300), null));
    }

    @Test
    default void doesNotStoreASightAlone() {
        Memory calm = Memories.with(journal().load(WEB, BIRTH), Memories.calmNode());
        journal().store(WEB, Memory.born(BIRTH), calm);
        journal().store(WEB, calm, Memories.with(calm, seenAfter(Duration.ofMinutes(5))));
        assertThat(journal().load(WEB, LATER)).isEqualTo(calm);
    }

    @Test
    default void followsALongRunOfChanges() {
        Memory stored = journal().load(WEB, BIRTH);
        for (Memory next : Memories.history(200, 7)) {
            journal().store(WEB, stored, next);
            Memory read = journal().load(WEB, LATER);
            assertThat(Memories.with(read, next.seen())).isEqualTo(next);
            stored = next;
        }
    }

    /** The uptime of a sight means nothing to another process. */
    static Memory asAnotherProcessReadsIt(Memory memory) {
        return memory.seen() == null
                ? memory
                : Memories.with(
                        memory, new Seen(Objects.requireNonNull(memory.seen()).wall(), null));
    }
}
