/** The daemon against an AWS-compatible server on a real socket. */
@NullMarked
package dev.mainstay.wire;

import org.jspecify.annotations.NullMarked;
