package dev.mainstay.config;

import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time of day, as {@code "22:30"}. Always quoted in the file: without quotes YAML reads {@code 22:30} as the number 1350,
 * and so do the tools through which a config may pass before it gets here.
 *
 * @param value {@code 24:00} is midnight
 */
record TimeOfDay(LocalTime value) {
    static final String FORM = "a time of day in quotes, such as \"22:30\"";

    private static final Pattern TEXT = Pattern.compile("([01][0-9]|2[0-4]):([0-5][0-9])");

    /** Spring's conversion calls this. */
    @SuppressWarnings("unused")
    public static TimeOfDay of(String text) {
        Matcher form = TEXT.matcher(text);
        if (!form.matches() || text.startsWith("24") && !text.equals("24:00")) {
            throw Numbers.refused(text, FORM);
        }
        return new TimeOfDay(LocalTime.of(Integer.parseInt(form.group(1)) % 24, Integer.parseInt(form.group(2))));
    }
}
