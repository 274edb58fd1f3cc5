package dev.mainstay.simulation.sdk;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Puts a name to what is missing. The SDK's interfaces refuse every operation that an implementation leaves out, but do
 * not say which; behind this front they do.
 */
final class Offered {
    private Offered() {}

    static <C> C front(Class<C> type, C client) {
        Object front = Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> call(client, method, arguments));
        return type.cast(front);
    }

    private static Object call(Object client, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause();
            if (cause instanceof UnsupportedOperationException && cause.getMessage() == null) {
                throw new UnsupportedOperationException(
                        "the simulated AWS does not offer %s".formatted(method.getName()), cause);
            }
            throw cause == null ? thrown : cause;
        }
    }
}
