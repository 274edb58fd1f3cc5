package dev.mainstay.cloud.aws;

import dev.mainstay.cluster.FailureKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * AWS's error codes, each with what follows from it. Sorted by code and not by HTTP status, which misleads: a refusal for
 * want of capacity arrives as a 500. Sources: "Error codes for the Amazon EC2 API", and the errors of each operation in
 * the API references of EC2, Elastic Load Balancing and CloudWatch.
 */
final class AwsErrorCodes {
    private static final Map<String, FailureKind> KINDS = new HashMap<>();

    static {
        sort(
                FailureKind.CAPACITY,
                "InsufficientInstanceCapacity",
                "InsufficientHostCapacity",
                "InsufficientReservedInstanceCapacity",
                "InsufficientCapacity",
                "UnfulfillableCapacity",
                // The subnet is full, which another zone's may not be.
                "InsufficientFreeAddressesInSubnet");
        sort(FailureKind.PRICE, "SpotMaxPriceTooLow");
        sort(
                FailureKind.QUOTA,
                "VcpuLimitExceeded",
                "InstanceLimitExceeded",
                "MaxSpotInstanceCountExceeded",
                "VolumeLimitExceeded",
                "MaxIOPSLimitExceeded",
                "AddressLimitExceeded",
                "NetworkInterfaceLimitExceeded",
                "TooManyTargets",
                "TooManyRegistrationsForTargetId");
        sort(
                FailureKind.THROTTLE,
                "RequestLimitExceeded",
                "Throttling",
                "ThrottlingException",
                "ThrottledException",
                "EC2ThrottledException",
                "RequestThrottled",
                "RequestThrottledException",
                "TooManyRequestsException",
                "BandwidthLimitExceeded",
                "PriorRequestNotComplete",
                "SlowDown");
        // A subnet, image or launch template that does not exist is not here: it is a mistake in what was configured,
        // and
        // the request will not succeed however often it is sent.
        sort(
                FailureKind.NOT_FOUND,
                "InvalidInstanceID.NotFound",
                "InvalidSpotInstanceRequestID.NotFound",
                "TargetGroupNotFound",
                "InvalidTarget",
                "InvalidInstance");
        sort(
                FailureKind.DENIED,
                "UnauthorizedOperation",
                "AccessDenied",
                "AccessDeniedException",
                "NotAuthorized",
                "AuthFailure",
                "InvalidClientTokenId",
                "InvalidAccessKeyId",
                "UnrecognizedClientException",
                "MissingAuthenticationToken",
                "MissingAuthenticationTokenException",
                "ExpiredToken",
                "ExpiredTokenException",
                "RequestExpired",
                "SignatureDoesNotMatch",
                "InvalidSignatureException",
                "IncompleteSignature",
                "OptInRequired",
                "PendingVerification",
                "Blocked",
                "Forbidden");
        sort(
                FailureKind.PERMANENT,
                "OperationNotPermitted",
                "IncorrectInstanceState",
                "InvalidParameterValue",
                "InvalidParameterCombination",
                "InvalidParameter",
                "MissingParameter",
                "InvalidAMIID.NotFound",
                "InvalidSubnetID.NotFound",
                "InvalidLaunchTemplateId.NotFound",
                "InvalidLaunchTemplateName.NotFoundException",
                "InvalidFleetConfiguration",
                "InvalidFleetConfig",
                "LoadBalancerNotFound",
                "InstanceCreditSpecification.NotSupported");
        sort(
                FailureKind.UNSUPPORTED,
                "Unsupported",
                "UnsupportedOperation",
                "UnknownOperationException",
                "InvalidAction",
                "NotImplemented");
        // EC2 Auto Scaling's: something is under way in the group, and the next pass looks again.
        sort(FailureKind.THROTTLE, "ScalingActivityInProgress", "ResourceContention", "ResourceInUse");
        sort(FailureKind.TOKEN_SPENT, "IdempotentInstanceTerminated");
        sort(
                FailureKind.UNKNOWN_OUTCOME,
                // The token was used with what the config said before: that call arrived, and may have made something.
                "IdempotentParameterMismatch",
                "InternalError",
                "InternalFailure",
                "InternalServerError",
                "InternalServiceError",
                "ServiceUnavailable",
                "ServiceUnavailableException",
                "Unavailable",
                "RequestTimeout");
    }

    /** What to do, where the code alone says it. The rest follows from the kind. */
    private static final Map<String, String> ADVICE = Map.of(
            "OperationNotPermitted", "switch off its termination protection if it may go",
            "OptInRequired", "the account is not signed up for the service",
            "RequestExpired", "check the clock of this machine",
            "SignatureDoesNotMatch", "check the secret key and the clock of this machine",
            "InvalidClientTokenId", "check the access key",
            "AuthFailure", "check the credentials");

    private static final Set<String> LAUNCHES = Set.of(RunInstancesLauncher.OPERATION, FleetLauncher.OPERATION);

    private AwsErrorCodes() {}

    /**
     * The kind of a code; empty for one that we do not know.
     *
     * @param operation EC2 says {@code Unsupported} of a launch when the zone does not have the type, which is a matter of
     *     capacity: another zone may have it
     */
    static Optional<FailureKind> kindOf(String operation, String code) {
        String bare = bare(code);
        if (bare.equals("Unsupported") && LAUNCHES.contains(operation)) {
            return Optional.of(FailureKind.CAPACITY);
        }
        return Optional.ofNullable(KINDS.get(bare));
    }

    static Optional<String> adviceOn(String code) {
        return Optional.ofNullable(ADVICE.get(bare(code)));
    }

    /** Without the {@code Client.} or {@code Server.} that some servers, and EC2's state reasons, put before it. */
    private static String bare(String code) {
        return code.startsWith("Client.") || code.startsWith("Server.") ? code.substring("Client.".length()) : code;
    }

    private static void sort(FailureKind kind, String... codes) {
        for (String code : codes) {
            KINDS.put(code, kind);
        }
    }
}
