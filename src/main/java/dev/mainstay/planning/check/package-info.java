/** An independent judge of plans, which knows no rule and no guard. */
@NullMarked
package dev.mainstay.planning.check;

import org.jspecify.annotations.NullMarked;
