package dev.mainstay.cli;

import dev.mainstay.cluster.Labelled;

/** For whom a command prints its data. */
enum OutputForm implements Labelled {
    /** People. Its look may change. */
    TABLE,
    /** Programs. Fields are added, never renamed. */
    JSON
}
