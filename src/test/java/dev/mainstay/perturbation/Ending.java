package dev.mainstay.perturbation;

import java.util.List;

/**
 * How a play ended: what counts, and no ids or times.
 *
 * @param alive each machine: market, role, type, credit mode, and whether it serves
 * @param launched how many machines were ever launched
 * @param ended each machine that we ended: market, role, whether it served and whether it was fresh
 */
record Ending(List<String> alive, long launched, List<String> ended) {
    /** What serves, whatever it took: no roles, since a stand-in may have become one of the base. */
    List<String> shape() {
        return alive.stream()
                .map(each -> each.replaceFirst(" \\S+", ""))
                .sorted()
                .toList();
    }
}
