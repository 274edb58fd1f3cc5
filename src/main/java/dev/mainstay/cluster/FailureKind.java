package dev.mainstay.cluster;

/** Why an AWS call did not do what was asked, sorted by what follows from it. */
public enum FailureKind implements Labelled {
    /** AWS has none to give in that pool: try another. */
    CAPACITY,
    /** The price limit is under the market: try another pool. */
    PRICE,
    /** An account's limit: someone has to raise it. */
    QUOTA,
    /** Too many calls: later. */
    THROTTLE,
    /** What was named does not exist, or not any more. */
    NOT_FOUND,
    /** The credentials are missing, wrong, or not allowed to do this. */
    DENIED,
    /** The request can never succeed as it is. */
    PERMANENT,
    /** The request surely never arrived: no such host, no route, connection refused. Nothing was done; later. */
    UNREACHABLE,
    /** The operation is not offered by this endpoint. */
    UNSUPPORTED,
    /** A client token that AWS will not take again: mint a new one. */
    TOKEN_SPENT,
    /** The call may or may not have taken effect: look before asking again. */
    UNKNOWN_OUTCOME
}
