package dev.mainstay.perturbation;

import dev.mainstay.simulation.Refusal;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.testing.Rehearsal;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;

/** One call goes wrong on the network; a read that is tried again goes wrong again. */
final class BadAnswers implements Interference {
    static final Duration LATE = Duration.ofMinutes(10);

    private final BadAnswer bad;
    private Rehearsal cluster;

    BadAnswers(BadAnswer bad) {
        this.bad = bad;
    }

    @Override
    public void attach(Rehearsal playing) {
        cluster = playing;
    }

    @Override
    public <R> R carry(Call call, Supplier<R> there) {
        if (call.number() != bad.call()) {
            return there.get();
        }
        return switch (bad.manner()) {
            case LOST -> {
                R unheard = there.get();
                throw broken(new SocketTimeoutException(
                        "Read timed out after " + unheard.getClass().getSimpleName()));
            }
            case NEVER_SENT -> throw broken(new ConnectException("Connection refused"));
            case TWICE -> {
                R first = there.get();
                again(there);
                yield first;
            }
            case LATE -> {
                R answer = there.get();
                cluster.time().sleep(LATE);
                yield answer;
            }
        };
    }

    private static void again(Supplier<?> there) {
        try {
            var _ = there.get();
        } catch (Refusal unheard) {
            // Nobody waits for the second answer.
        }
    }

    private static SdkClientException broken(Exception cause) {
        return SdkClientException.create("Unable to execute HTTP request: " + cause.getMessage(), cause);
    }
}
