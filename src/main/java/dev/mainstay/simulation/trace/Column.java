package dev.mainstay.simulation.trace;

import java.util.Collection;
import java.util.List;

/** The columns that are read, each with the names under which it is known; the first is the one that messages say. */
enum Column {
    TIMESTAMP("timestamp", "time", "datetime", "date"),
    VALUE("value", "cpu", "cpupercent", "cpuutilization", "average"),
    PRICE("price", "priceusdperhour", "spotprice", "usdperhour"),
    TYPE("type", "instancetype"),
    ZONE("zone", "availabilityzone", "az"),
    PRODUCT("product", "productdescription");

    // List.of makes no mutable list, which the type does not say.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> names;

    Column(String... names) {
        this.names = List.of(names);
    }

    List<String> names() {
        return names;
    }

    String label() {
        return names.getFirst();
    }

    /** Whether a file with these columns, as {@link Row#plain} has them, has this one. */
    boolean in(Collection<String> columns) {
        return names.stream().anyMatch(columns::contains);
    }
}
