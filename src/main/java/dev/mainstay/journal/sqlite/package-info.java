/** The journal in an embedded SQLite database. */
@NullMarked
package dev.mainstay.journal.sqlite;

import org.jspecify.annotations.NullMarked;
