package dev.mainstay.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The option {@code --output}, shared by all commands that print data, as a {@code @Mixin}: the command hands over a
 * record for programs and a text for people, and the option decides which is printed.
 */
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls a command
final class OutputOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--output",
            paramLabel = "FORM",
            defaultValue = "table",
            description = "json or table; table when not given.")
    private OutputForm form;

    /**
     * Prints one of the two on the command's standard output.
     *
     * @param data written as one line of JSON: its components in their order, null where unknown
     * @param text what people read, made only when it is printed
     */
    void print(Object data, Supplier<String> text) {
        PrintWriter out = command.commandLine().getOut();
        out.println(
                switch (form) {
                    case JSON -> json(data);
                    case TABLE -> text.get().stripTrailing();
                });
        out.flush();
    }

    /** One line of JSON. */
    static String json(Object data) {
        return JsonMapper.builder()
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .build()
                .writeValueAsString(data);
    }
}
