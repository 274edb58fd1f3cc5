package dev.mainstay.testing;

import dev.mainstay.cloud.Cloud;
import dev.mainstay.cloud.CloudException;
import dev.mainstay.cloud.Instances;
import dev.mainstay.cloud.Launcher;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.journal.Journal;
import dev.mainstay.planning.Memory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Ports that do one thing wrong, and leave the rest to the right ones. */
final class Mistaken {
    private static final AtomicLong CALLS = new AtomicLong();

    private Mistaken() {}

    /** What happens in place of a call. */
    private interface Instead {
        Object call(Method method, Object[] arguments) throws Exception;
    }

    static Cloud tokens(Cloud cloud) {
        Launcher launcher = port(Launcher.class, cloud.launcher(), (method, arguments) -> {
            if (method.getName().equals("launch")) {
                arguments[0] = Altered.with(
                        (Launcher.Request) arguments[0], "token", new IntentId("call-" + CALLS.incrementAndGet()));
            }
            return invoke(cloud.launcher(), method, arguments);
        });
        return Altered.with(cloud, "launcher", launcher);
    }

    static Cloud emptyWhereFailed(Cloud cloud) {
        return instances(cloud, (method, arguments) -> {
            try {
                return invoke(cloud.instances(), method, arguments);
            } catch (CloudException e) {
                if (method.getReturnType() == List.class) {
                    return List.of();
                }
                throw e;
            }
        });
    }

    static Cloud firstPage(Cloud cloud) {
        return instances(cloud, (method, arguments) -> {
            Object answer = invoke(cloud.instances(), method, arguments);
            return method.getName().equals("of") && answer instanceof List<?> all
                    ? all.subList(0, Math.min(2, all.size()))
                    : answer;
        });
    }

    static Cloud nothingById(Cloud cloud) {
        return instances(
                cloud,
                (method, arguments) ->
                        method.getName().equals("byId") && arguments[0] instanceof Set<?> ids && ids.size() != 1
                                ? List.<Instance>of()
                                : invoke(cloud.instances(), method, arguments));
    }

    static Cloud passingFaults(Cloud cloud) {
        Instead launches = (method, arguments) -> {
            try {
                return invoke(cloud.launcher(), method, arguments);
            } catch (CloudException e) {
                throw new CloudException(FailureKind.THROTTLE, e.getMessage());
            }
        };
        return Altered.with(cloud, "launcher", port(Launcher.class, cloud.launcher(), launches));
    }

    /** The intent reaches the disk only together with what became of it. */
    static Journal lateIntents(Journal journal) {
        Memory[] stored = {null};
        return port(Journal.class, journal, (method, arguments) -> {
            if (!method.getName().equals("store")) {
                stored[0] = null;
                return invoke(journal, method, arguments);
            }
            Memory before = (Memory) arguments[1];
            Memory after = (Memory) arguments[2];
            if (after.intents().size() > before.intents().size()) {
                stored[0] = stored[0] == null ? before : stored[0];
                return null;
            }
            arguments[1] = stored[0] == null ? before : stored[0];
            stored[0] = null;
            return invoke(journal, method, arguments);
        });
    }

    static Journal refilled(Journal journal) {
        return loading(journal, memory -> memory.withSpendings(List.of()));
    }

    static Journal amnesiac(Journal journal) {
        return loading(journal, memory -> Memory.born(memory.birth()));
    }

    private static Journal loading(Journal journal, UnaryOperator<Memory> change) {
        return port(Journal.class, journal, (method, arguments) -> {
            Object answer = invoke(journal, method, arguments);
            return answer instanceof Memory memory ? change.apply(memory) : answer;
        });
    }

    private static Cloud instances(Cloud cloud, Instead instead) {
        return Altered.with(cloud, "instances", port(Instances.class, cloud.instances(), instead));
    }

    private static <T> T port(Class<T> type, T right, Instead instead) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> method.getDeclaringClass() == Object.class
                        ? invoke(right, method, arguments)
                        : instead.call(method, arguments)));
    }

    private static Object invoke(Object right, Method method, Object[] arguments) throws Exception {
        try {
            return method.invoke(right, arguments);
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause; // a simulated crash
                default -> throw e;
            }
        }
    }
}
