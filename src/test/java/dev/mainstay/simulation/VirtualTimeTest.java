package dev.mainstay.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualTimeTest {
    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

    private final List<Throwable> failures = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private VirtualTime time = new VirtualTime(START, Pace.MAX, failures::add);

    @AfterEach
    void close() {
        time.close();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.POSITIVE_INFINITY, 1e6})
    void interleavesTasksInOneOrderAtEveryPace(double factor) {
        time = new VirtualTime(START, Pace.times(factor), failures::add);
        time.at(seconds(20), () -> note("event"));
        schedule(0, () -> {
            note("a1");
            time.sleep(seconds(10));
            note("a2");
            time.sleep(seconds(10));
            note("a3");
        });
        schedule(0, () -> {
            note("b1");
            time.sleep(seconds(20));
            note("b2");
            schedule(20, () -> note("c"));
            time.sleep(seconds(0));
            note("b3");
        });

        time.run(seconds(30));

        // Ties go to what was queued first: the event was queued before all, b2's sleep before a3's.
        assertThat(log).containsExactly("0 a1", "0 b1", "10 a2", "20 event", "20 b2", "20 a3", "20 c", "20 b3");
        assertThat(time.elapsed()).isEqualTo(seconds(30));
        assertThat(failures).isEmpty();
    }

    @Test
    void carriesOnWhereTheLastRunEnded() {
        schedule(0, () -> {
            time.sleep(seconds(15));
            note("awake");
        });

        time.run(seconds(10));
        assertThat(log).isEmpty();

        time.run(seconds(15));
        assertThat(log).containsExactly("15 awake");
    }

    @Test
    void lettingTheDriverSleepRunsTheTasks() {
        schedule(5, () -> note("task"));

        time.sleep(seconds(7));

        assertThat(log).containsExactly("5 task");
        assertThat(time.elapsed()).isEqualTo(seconds(7));
    }

    @Test
    void runsWhatIsOverdueAtOnceAndInItsTurn() {
        time.run(seconds(60));
        schedule(1, () -> note("late"));
        time.at(seconds(2), () -> note("later"));

        time.run(seconds(60));

        assertThat(log).containsExactly("60 late", "60 later");
    }

    @Test
    void dropsCancelledTasks() {
        ScheduledFuture<?> future = time.scheduler().schedule(() -> note("never"), START.plusSeconds(5));

        assertThat(future.cancel(false)).isTrue();
        assertThat(future.cancel(false)).isFalse();

        time.run(seconds(10));
        assertThat(log).isEmpty();
        assertThat(future.isCancelled()).isTrue();
    }

    @Test
    void wallStepsMoveTheWallClockAndNotUptime() {
        time.run(seconds(10));
        time.stepWall(Duration.ofHours(-1));
        var _ = time.scheduler().schedule(() -> note("pass"), time.now().wall().plusSeconds(5));

        assertThat(time.now().wall()).isEqualTo(START.plusSeconds(10).minusSeconds(3600));
        assertThat(time.now().uptime()).isEqualTo(seconds(10));
        time.run(seconds(20));
        assertThat(log).containsExactly("15 pass");
    }

    @Test
    void aFreezeHoldsUpEveryTaskAndNoEvent() {
        time.at(seconds(20), () -> note("event"));
        schedule(10, () -> {
            note("before");
            time.freeze(seconds(60), false);
            note("after");
        });
        schedule(30, () -> note("other"));

        time.run(seconds(100));

        assertThat(log).containsExactly("10 before", "20 event", "70 other", "70 after");
        assertThat(time.now().uptime()).isEqualTo(seconds(100));
        assertThat(time.now().wall()).isEqualTo(START.plusSeconds(100));
    }

    @Test
    void uptimeDoesNotCountWhileTheMachineSleeps() {
        schedule(10, () -> {
            time.freeze(seconds(60), true);
            var _ = time.scheduler()
                    .schedule(() -> note("next"), time.now().wall().plusSeconds(5));
        });

        time.run(seconds(100));

        assertThat(log).containsExactly("75 next");
        assertThat(time.now().uptime()).isEqualTo(seconds(40));
        assertThat(time.now().wall()).isEqualTo(START.plusSeconds(100));
    }

    @Test
    void reportsFailuresOfTasksAndEventsAndGoesOn() {
        schedule(1, () -> {
            throw new IllegalStateException("task");
        });
        time.at(seconds(2), () -> {
            throw new AssertionError("event");
        });
        schedule(3, () -> note("after"));

        time.run(seconds(5));

        assertThat(failures).extracting(Throwable::getMessage).containsExactly("task", "event");
        assertThat(log).containsExactly("3 after");
    }

    @Test
    void throwsTheFirstFailureFromTheRunWhereNobodyHandlesIt() {
        time = new VirtualTime(START);
        schedule(1, () -> {
            throw new IllegalStateException("broken");
        });
        schedule(2, () -> note("after"));

        assertThatThrownBy(() -> time.run(seconds(5))).hasMessage("broken");
        assertThat(log).isEmpty();

        time.run(seconds(5));
        assertThat(log).containsExactly("2 after");
    }

    @Test
    void refusesToSleepInAnEvent() {
        time.at(seconds(1), () -> time.sleep(seconds(1)));

        time.run(seconds(5));

        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void stopsFromOutsideAtOnceHoweverSlowThePace() throws InterruptedException {
        time = new VirtualTime(START, Pace.times(1e-3), failures::add);
        CountDownLatch begun = new CountDownLatch(1);
        schedule(0, () -> {
            begun.countDown();
            time.sleep(seconds(3600));
            note("never");
        });
        Thread driver = Thread.ofPlatform().start(time::runForever);
        begun.await();

        time.stop();
        driver.join();

        assertThat(log).isEmpty();
    }

    @Test
    void anInterruptOfTheDriverEndsTheRun() throws InterruptedException {
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread driver = Thread.ofPlatform().start(() -> {
            time.runForever();
            interrupted.set(Thread.currentThread().isInterrupted());
        });

        driver.interrupt();
        driver.join();

        assertThat(interrupted).isTrue();
    }

    @Test
    void outsidersQueueIntoARunThatWaits() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        Thread driver = Thread.ofPlatform().start(time::runForever);

        var _ = time.scheduler().schedule(ran::countDown, START);
        ran.await();
        time.stop();
        driver.join();

        assertThat(failures).isEmpty();
    }

    @Test
    void closingUnwindsSleepingTasks() throws InterruptedException {
        CountDownLatch unwound = new CountDownLatch(1);
        schedule(0, () -> {
            try {
                time.sleep(seconds(100));
            } finally {
                unwound.countDown();
            }
            note("never");
        });
        time.run(seconds(1));

        time.close();
        unwound.await();

        assertThat(log).isEmpty();
        assertThat(failures).isEmpty();
    }

    @Test
    void runsNothingOnceItIsClosed() {
        schedule(1, () -> note("never"));

        time.close();
        time.run(seconds(5));

        assertThat(log).isEmpty();
        assertThat(time.elapsed()).isZero();
    }

    @Test
    void closingFromOutsideEndsARunAndItsTasks() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch unwound = new CountDownLatch(1);
        schedule(0, () -> {
            begun.countDown();
            await(closed);
            try {
                time.sleep(seconds(1));
                note("never");
            } finally {
                unwound.countDown();
            }
        });
        Thread driver = Thread.ofPlatform().start(time::runForever);
        begun.await();

        time.close();
        closed.countDown();
        driver.join();
        unwound.await();

        assertThat(log).isEmpty();
        assertThat(failures).isEmpty();
    }

    @Test
    void offersNoRepetition() {
        assertThatThrownBy(() -> time.scheduler().scheduleAtFixedRate(() -> {}, seconds(1)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("once");
    }

    private void schedule(long atSecond, Runnable task) {
        var _ = time.scheduler().schedule(task, START.plusSeconds(atSecond));
    }

    private void note(String what) {
        log.add(time.elapsed().toSeconds() + " " + what);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
