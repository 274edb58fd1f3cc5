package dev.mainstay.simulation.sdk;

import dev.mainstay.simulation.CallFailure;
import dev.mainstay.simulation.Refusal;
import dev.mainstay.simulation.VirtualTime;
import dev.mainstay.simulation.World;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The way every simulated call takes: number, boundary, latency, AWS's limits, faults, the world as of now, the answer,
 * boundary again. What the SDK does below its interface stands here too: a read that fails is tried again.
 * Holds as little state as it can; not thread-safe, as the world.
 */
final class Calls {
    private static final String TOO_MANY = "RequestLimitExceeded";
    /** As the real clients are made: reads are tried three times, writes once. */
    private static final int READ_ATTEMPTS = 3;
    /** After which a real client gives an attempt up. */
    private static final Duration ATTEMPT = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration THROTTLED_PAUSE = Duration.ofMillis(500);

    private final World world;
    private final VirtualTime time;
    private final CallBoundary boundary;
    private final Tariff tariff = new Tariff();
    private long made;
    private long attempts;

    Calls(World world, VirtualTime time, CallBoundary boundary) {
        this.world = world;
        this.time = time;
        this.boundary = boundary;
    }

    World world() {
        return world;
    }

    long made() {
        return made;
    }

    /** How often calls went out on the wire: those that were tried again count more than once. */
    long attempts() {
        return attempts;
    }

    /** @param service makes the service's own exception of an error */
    <R extends SdkResponse> R make(String operation, SdkRequest request, Service service, Supplier<R> answer) {
        Call call = new Call(++made, operation, request);
        boundary.before(call);
        Duration latency = world.spec().api().latency();
        if (!latency.isZero()) {
            time.sleep(latency);
        }
        R result = null;
        RuntimeException failure = null;
        try {
            result = insist(call, service, answer);
        } catch (Refusal refusal) {
            failure = service.error(refusal.code(), refusal.status(), refusal.getMessage(), call.number());
        } catch (SdkClientException unanswered) {
            failure = unanswered;
        }
        boundary.after(call);
        world.freezeAt(operation).ifPresent(freeze -> time.freeze(freeze.length(), freeze.asleep()));
        if (failure != null || result == null) {
            throw failure == null ? new IllegalStateException(operation + " gave no answer") : failure;
        }
        return result;
    }

    /** Tries once, or a read as often as the SDK does, with its pauses. */
    private <R extends SdkResponse> R insist(Call call, Service service, Supplier<R> answer) {
        for (int attempt = 1; ; attempt++) {
            attempts++;
            world.advance();
            try {
                return attempt(call, service, answer);
            } catch (Refusal refusal) {
                if (call.writes() || attempt == READ_ATTEMPTS || !passing(refusal)) {
                    throw refusal;
                }
                time.sleep(pause(attempt, refusal.code().equals(TOO_MANY)));
            } catch (SdkClientException unanswered) {
                if (call.writes() || attempt == READ_ATTEMPTS) {
                    throw unanswered;
                }
                time.sleep(pause(attempt, false));
            }
        }
    }

    private static boolean passing(Refusal refusal) {
        return refusal.status() >= 500;
    }

    /** The middle of what the SDK's standard retry draws. */
    private static Duration pause(int attempt, boolean throttled) {
        return (throttled ? THROTTLED_PAUSE : PAUSE).multipliedBy(1L << (attempt - 1));
    }

    private <R extends SdkResponse> R attempt(Call call, Service service, Supplier<R> answer) {
        if (!world.tokens().take(tariff.of(service, call.operation(), call.request()), time.elapsed())) {
            throw new Refusal(TOO_MANY, 503, "Request limit exceeded.");
        }
        Optional<CallFailure> fault = world.failureOf(call.operation());
        return fault.isEmpty() ? boundary.carry(call, answer) : faulty(fault.get(), answer);
    }

    private <R extends SdkResponse> R faulty(CallFailure fault, Supplier<R> answer) {
        return switch (fault) {
            case CallFailure.Answer(String code, int status) -> throw new Refusal(code, status, "a simulated fault");
            case CallFailure.Unreachable _ -> throw broken(new ConnectException("Connection refused"));
            case CallFailure.AnswerLost _ -> throw unheard(answer.get());
            case CallFailure.EffectLate(Duration by) -> {
                world.after(by, () -> late(answer));
                throw broken(new SocketTimeoutException("Read timed out"));
            }
            case CallFailure.AnswerLate(Duration by) -> {
                R slow = answer.get();
                boolean waits = by.compareTo(ATTEMPT) < 0;
                time.sleep(waits ? by : ATTEMPT);
                if (waits) {
                    yield slow;
                }
                throw unheard(slow);
            }
            case CallFailure.ArrivedTwice _ -> {
                late(answer);
                yield answer.get();
            }
            case CallFailure.EmptyAnswer _ -> Mutilated.empty(answer.get());
            case CallFailure.HalfAnswer _ -> Mutilated.half(answer.get());
            case CallFailure.FirstPageOnly _ -> Mutilated.lastPage(answer.get());
        };
    }

    /** A request whose answer nobody waits for; a refusal too is unheard. */
    private static void late(Supplier<?> answer) {
        try {
            var _ = answer.get();
        } catch (Refusal _) {
            // Nothing happened, and nobody hears of it.
        }
    }

    private static SdkClientException unheard(SdkResponse answer) {
        return broken(new SocketTimeoutException(
                "Read timed out after " + answer.getClass().getSimpleName()));
    }

    private static SdkClientException broken(Exception cause) {
        return SdkClientException.create("Unable to execute HTTP request: " + cause.getMessage(), cause);
    }

    /** One AWS service's way of saying no. */
    record Service(String name, Function<String, AwsServiceException.Builder> exception) {
        RuntimeException error(String code, int status, @Nullable String message, long callNumber) {
            return exception
                    .apply(code)
                    .message(message)
                    .statusCode(status)
                    .requestId("simulated-" + callNumber)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .serviceName(name)
                            .errorCode(code)
                            .errorMessage(message)
                            .build())
                    .build();
        }
    }
}
