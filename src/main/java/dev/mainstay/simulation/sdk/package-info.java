/** The AWS SDK's client interfaces, answered by the simulated world. */
@NullMarked
package dev.mainstay.simulation.sdk;

import org.jspecify.annotations.NullMarked;
