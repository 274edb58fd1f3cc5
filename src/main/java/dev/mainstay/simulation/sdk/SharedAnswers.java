package dev.mainstay.simulation.sdk;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Answers that hold for as long as the world's version does: built once, then shared. */
final class SharedAnswers {
    /** Requests that carry the time differ at every call, and would pile up. */
    private static final int MOST = 64;

    private final Map<Object, Object> answers = new HashMap<>();
    private long version = -1;

    <R> R get(long current, Object request, Class<R> type, Supplier<R> make) {
        if (version != current || answers.size() >= MOST) {
            answers.clear();
            version = current;
        }
        Object known = answers.get(request);
        if (known == null) {
            known = make.get();
            answers.put(request, known);
        }
        return type.cast(known);
    }
}
