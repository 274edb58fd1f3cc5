/** What we ask of AWS, in our own words. */
@NullMarked
package dev.mainstay.cloud;

import org.jspecify.annotations.NullMarked;
