package dev.mainstay.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * A signal that would otherwise end the JVM. The JDK's only way to handle one is {@code sun.misc.Signal} of the module
 * {@code jdk.unsupported}, which the compiler warns of, so it is looked up when it is needed.
 */
final class PosixSignal {
    private PosixSignal() {}

    /**
     * Calls this on every such signal from now on, each time on a thread of its own.
     *
     * @param name without its SIG, such as {@code HUP}
     * @return false where there is no such signal, as on Windows, where the JVM was started with {@code -Xrs}, or where
     *     whoever started it has the signal ignored, as {@code nohup} does with SIGHUP: the JVM leaves that as it is
     */
    static boolean calls(String name, Runnable action) {
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
            Object named = signal.getConstructor(String.class).newInstance(name);
            Object ours =
                    Proxy.newProxyInstance(HangupSignal.class.getClassLoader(), new Class<?>[] {handles}, handler);
            Object ignored = handles.getField("SIG_IGN").get(null);
            Object before = signal.getMethod("handle", signal, handles).invoke(null, named, ours);
            return !ignored.equals(before);
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
