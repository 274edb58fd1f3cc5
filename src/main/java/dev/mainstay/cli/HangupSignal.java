package dev.mainstay.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * SIGHUP, by which a daemon is asked to read its config again; without a handler it would end the JVM. The JDK's only way
 * to handle a signal is {@code sun.misc.Signal} of the module {@code jdk.unsupported}, which the compiler warns of, so it
 * is looked up when it is needed.
 */
final class HangupSignal {
    private HangupSignal() {}

    /**
     * Calls this on every SIGHUP from now on, each time on a thread of its own.
     *
     * @return false where there is no such signal, as on Windows, where the JVM was started with {@code -Xrs}, or where
     *     whoever started it has SIGHUP ignored, as {@code nohup} does: the JVM leaves that as it is
     */
    static boolean calls(Runnable action) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (!method.getName().equals("handle")) {
                throw new UnsupportedOperationException(method.getName());
            }
            action.run();
            return null;
        };
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handles = Class.forName("sun.misc.SignalHandler");
            Object hangup = signal.getConstructor(String.class).newInstance("HUP");
            Object ours =
                    Proxy.newProxyInstance(HangupSignal.class.getClassLoader(), new Class<?>[] {handles}, handler);
            Object ignored = handles.getField("SIG_IGN").get(null);
            Object before = signal.getMethod("handle", signal, handles).invoke(null, hangup, ours);
            return !ignored.equals(before);
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
