/** What the SQLite journal has to hold beyond the contract: files, locks, damage. */
@NullMarked
package dev.mainstay.journal.sqlite;

import org.jspecify.annotations.NullMarked;
