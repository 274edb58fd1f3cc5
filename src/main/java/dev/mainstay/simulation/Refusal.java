package dev.mainstay.simulation;

/**
 * AWS's no: what a call was answered with in place of its result. The codes and statuses are AWS's, the sentences are
 * ours.
 */
public final class Refusal extends RuntimeException {
    private final String code;
    private final int status;

    /**
     * @param code AWS's error code, such as {@code InsufficientInstanceCapacity}
     * @param status the HTTP status with which it comes
     */
    public Refusal(String code, int status, String message) {
        super(message, null, false, false);
        this.code = code;
        this.status = status;
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    static Refusal badRequest(String code, String message) {
        return new Refusal(code, 400, message);
    }
}
