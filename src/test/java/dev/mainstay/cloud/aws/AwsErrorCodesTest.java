package dev.mainstay.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.FailureKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** The codes with which EC2 refuses a launch: each means the same whatever HTTP status it comes with. */
class AwsErrorCodesTest {
    private static final int[] STATUSES = {200, 400, 403, 429, 500, 503};

    @ParameterizedTest
    @CsvSource({
        "InsufficientInstanceCapacity, CAPACITY",
        "InsufficientHostCapacity, CAPACITY",
        "InsufficientReservedInstanceCapacity, CAPACITY",
        "UnfulfillableCapacity, CAPACITY",
        "InsufficientFreeAddressesInSubnet, CAPACITY",
        "Unsupported, CAPACITY",
        "SpotMaxPriceTooLow, PRICE",
        "VcpuLimitExceeded, QUOTA",
        "InstanceLimitExceeded, QUOTA",
        "MaxSpotInstanceCountExceeded, QUOTA",
        "VolumeLimitExceeded, QUOTA",
        "MaxIOPSLimitExceeded, QUOTA",
        "RequestLimitExceeded, THROTTLE",
        "Throttling, THROTTLE",
        "ThrottlingException, THROTTLE",
        "UnauthorizedOperation, DENIED",
        "AuthFailure, DENIED",
        "Blocked, DENIED",
        "OptInRequired, DENIED",
        "InvalidAMIID.NotFound, PERMANENT",
        "InvalidParameterValue, PERMANENT",
        "InvalidSubnetID.NotFound, PERMANENT",
        "IncorrectInstanceState, PERMANENT",
        "IdempotentInstanceTerminated, TOKEN_SPENT",
        "IdempotentParameterMismatch, UNKNOWN_OUTCOME",
        "InternalError, UNKNOWN_OUTCOME",
        "ServiceUnavailable, UNKNOWN_OUTCOME",
        "Unavailable, UNKNOWN_OUTCOME",
    })
    void isSortedByCodeAndNotByStatus(String code, FailureKind kind) {
        for (int status : STATUSES) {
            assertThat(AwsErrors.translate("RunInstances", refusal(code, status))
                            .kind())
                    .as("%s as a %d", code, status)
                    .isEqualTo(kind);
            assertThat(AwsErrors.translate("RunInstances", refusal("Client." + code, status))
                            .kind())
                    .as("Client.%s as a %d", code, status)
                    .isEqualTo(kind);
        }
    }

    private static RuntimeException refusal(String code, int status) {
        return Ec2Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("As EC2 puts it.")
                        .build())
                .build();
    }
}
