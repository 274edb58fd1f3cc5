package dev.mainstay.wire;

import dev.mainstay.cloud.aws.AwsWire;
import dev.mainstay.cloud.aws.AwsWire.Call;
import dev.mainstay.cloud.aws.AwsWire.Reply;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Kills one daemon once, at its n-th write or when told. Thread-safe. */
final class Executioner implements AwsWire.Between {
    private static final Set<String> WRITES =
            Set.of("RunInstances", "TerminateInstances", "RegisterTargets", "DeregisterTargets");

    private final DaemonProcess daemon;
    private final Blow blow;
    private final Duration slowness;
    private final CountDownLatch writes;
    private final CountDownLatch firstCall = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    /** @param slowness how long after its effect the kill in a slow launch comes */
    Executioner(DaemonProcess daemon, Blow blow, int nthWrite, Duration slowness) {
        this.daemon = daemon;
        this.blow = blow;
        this.slowness = slowness;
        this.writes = new CountDownLatch(nthWrite);
    }

    @Override
    public Reply answer(Call call, Function<Call, Reply> handler) {
        firstCall.countDown();
        if (!strikesAt(call)) {
            return handler.apply(call);
        }
        if (blow == Blow.UNSENT) {
            kill();
            return AwsWire.reply(503, "");
        }
        Reply reply = handler.apply(call);
        if (blow == Blow.SLOW_LAUNCH) {
            happensWithin(slowness);
        }
        kill();
        return reply;
    }

    private boolean strikesAt(Call call) {
        boolean write =
                blow == Blow.SLOW_LAUNCH ? call.action().equals("RunInstances") : WRITES.contains(call.action());
        if (blow == Blow.ANY_TIME || !write || done.getCount() == 0) {
            return false;
        }
        writes.countDown();
        return writes.getCount() == 0;
    }

    void kill() {
        daemon.kill();
        done.countDown();
    }

    /** Waits for the daemon's first call, no longer than this. */
    void awaitFirstCall(Duration limit) {
        await(firstCall, limit);
    }

    /** Whether it has happened by then; waits no longer. */
    boolean happensWithin(Duration limit) {
        return await(done, limit);
    }

    private static boolean await(CountDownLatch latch, Duration limit) {
        try {
            return latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
