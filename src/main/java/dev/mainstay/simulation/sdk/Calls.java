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
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The way every simulated call takes: number, boundary, latency, faults, the world as of now, the answer, boundary again.
 * Holds as little state as it can; not thread-safe, as the world.
 */
final class Calls {
    private final World world;
    private final VirtualTime time;
    private final CallBoundary boundary;
    private long made;

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

    /** @param service makes the service's own exception of an error */
    <R> R make(String operation, SdkRequest request, Service service, Supplier<R> answer) {
        Call call = new Call(++made, operation, request);
        boundary.before(call);
        Duration latency = world.spec().api().latency();
        if (!latency.isZero()) {
            time.sleep(latency);
        }
        world.advance();
        R result = null;
        RuntimeException failure = null;
        try {
            Optional<CallFailure> fault = world.failureOf(operation);
            if (fault.isEmpty()) {
                result = boundary.carry(call, answer);
            } else {
                failure = fail(fault.get(), call, service, answer);
            }
        } catch (SdkClientException lost) {
            failure = lost;
        } catch (Refusal refusal) {
            failure = service.error(refusal.code(), refusal.status(), refusal.getMessage(), call.number());
        }
        boundary.after(call);
        if (failure != null || result == null) {
            throw failure == null ? new IllegalStateException(operation + " gave no answer") : failure;
        }
        return result;
    }

    private static <R> RuntimeException fail(CallFailure fault, Call call, Service service, Supplier<R> answer) {
        return switch (fault) {
            case CallFailure.Answer error ->
                service.error(error.code(), error.status(), "a simulated fault", call.number());
            case CallFailure.Unreachable _ -> broken(new ConnectException("Connection refused"));
            case CallFailure.AnswerLost _ -> {
                R unheard = answer.get();
                yield broken(new SocketTimeoutException(
                        "Read timed out after " + unheard.getClass().getSimpleName()));
            }
        };
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
