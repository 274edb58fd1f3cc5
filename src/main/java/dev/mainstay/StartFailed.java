package dev.mainstay;

import org.springframework.boot.web.server.PortInUseException;

/** The HTTP side of the daemon could not be started. The message is one line, fit for an operator. */
public final class StartFailed extends RuntimeException {
    StartFailed(RuntimeException cause) {
        super(explain(cause), cause);
    }

    private static String explain(Throwable failure) {
        Throwable root = failure;
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof PortInUseException taken) {
                return "port %d is in use; stop what listens there, or set another server.port in the config, or SERVER_PORT in the environment"
                        .formatted(taken.getPort());
            }
            root = one;
        }
        String why = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return "the status page could not be started: %s; look at the server, spring and management keys of the config"
                .formatted(why.replaceAll("\\s*\\R\\s*", " "));
    }
}
