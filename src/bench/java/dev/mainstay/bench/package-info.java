/** JMH benchmarks: compiled and run with {@code -Pbench} only. */
@NullMarked
package dev.mainstay.bench;

import org.jspecify.annotations.NullMarked;
