/** The adapters: with the simulated clients, the only place that imports the AWS SDK. */
@NullMarked
package dev.mainstay.cloud.aws;

import org.jspecify.annotations.NullMarked;
