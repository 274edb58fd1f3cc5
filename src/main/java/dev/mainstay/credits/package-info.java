/** The CPU-credit model of burstable instances: pure arithmetic on AWS's documented rules. */
@NullMarked
package dev.mainstay.credits;

import org.jspecify.annotations.NullMarked;
