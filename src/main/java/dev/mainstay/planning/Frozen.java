package dev.mainstay.planning;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sorted collections that never change again, copied once. The JDK has no immutable ones, and memory passes its own on with
 * every change of something else. What is unmodifiable already is taken to be one of these: nobody keeps what is behind it.
 */
@SuppressWarnings("ReferenceEquality") // whether the JDK had to wrap it is just what is asked
final class Frozen {
    private Frozen() {}

    static <K, V> SortedMap<K, V> map(SortedMap<K, V> map) {
        return Collections.unmodifiableSortedMap(map) == map
                ? map
                : Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    static <T> SortedSet<T> set(SortedSet<T> set) {
        return Collections.unmodifiableSortedSet(set) == set
                ? set
                : Collections.unmodifiableSortedSet(new TreeSet<>(set));
    }
}
