package dev.mainstay.simulation.trace;

import java.util.List;

/**
 * Traces that were read from files.
 *
 * @param origin one line: the names of the files
 * @param remarks what was dropped, cut or filled in on the way, a sentence each, to be shown to whoever gave the files
 */
public record Recorded<T>(T traces, String origin, List<String> remarks) {
    public Recorded {
        remarks = List.copyOf(remarks);
    }
}
