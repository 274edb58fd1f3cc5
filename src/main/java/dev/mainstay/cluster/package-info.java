/** The nouns: what a cluster is, what was seen of it, and what was asked for. Values only. */
@NullMarked
package dev.mainstay.cluster;

import org.jspecify.annotations.NullMarked;
