package dev.mainstay.cli;

import dev.mainstay.cluster.Labelled;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an enum by its label, so that the command line, the config and the JSON use the same word. */
final class LabelConverter<E extends Enum<E> & Labelled> implements ITypeConverter<E> {
    private final Class<E> type;

    LabelConverter(Class<E> type) {
        this.type = type;
    }

    @Override
    public E convert(String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.label().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'%s' is not one of %s"
                        .formatted(
                                text,
                                Arrays.stream(type.getEnumConstants())
                                        .map(Labelled::label)
                                        .collect(Collectors.joining(", ")))));
    }
}
