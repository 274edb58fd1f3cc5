package dev.mainstay.simulation.sdk;

import dev.mainstay.simulation.Refusal;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.Filter;

/** EC2's filters: a row passes if it has, for each filter, one of its values. */
final class Filters {
    private static final String TAG = "tag:";

    private Filters() {}

    /**
     * @param tags of the row
     * @param fields of the row, by the filter's name; a filter by any other name is refused
     */
    static boolean pass(List<Filter> filters, Map<String, String> tags, Map<String, String> fields) {
        for (Filter filter : filters) {
            if (!passes(filter, tags, fields)) {
                return false;
            }
        }
        return true;
    }

    private static boolean passes(Filter filter, Map<String, String> tags, Map<String, String> fields) {
        String name = filter.name();
        if (name.startsWith(TAG)) {
            String value = tags.get(name.substring(TAG.length()));
            return value != null && filter.values().contains(value);
        }
        if (name.equals("tag-key")) {
            return filter.values().stream().anyMatch(tags::containsKey);
        }
        String value = fields.get(name);
        if (value == null) {
            throw new Refusal("InvalidParameterValue", 400, "the filter '%s' is not known here".formatted(name));
        }
        return filter.values().contains(value);
    }
}
