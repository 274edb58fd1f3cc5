package dev.mainstay.simulation.trace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Finds the files that were meant and reads their text: plain or gzip, UTF-8 or (as PowerShell writes it) UTF-16. */
final class TraceFiles {
    private TraceFiles() {}

    /**
     * The files at these paths, directories replaced by the files in them that have one of the endings, with or without
     * {@code .gz}, by name. What is missing, or a directory without such files, is a mistake.
     */
    static List<Path> find(List<Path> paths, List<String> endings, Mistakes mistakes) {
        List<Path> found = new ArrayList<>();
        if (paths.isEmpty()) {
            throw new TraceException(List.of("no file was given: name at least one file or directory"));
        }
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                List<Path> inside = inside(path, endings, mistakes);
                if (inside.isEmpty()) {
                    mistakes.add(
                            path,
                            "no file to read in this directory: files that end in %s, or these with .gz, are read"
                                    .formatted(String.join(", ", endings)));
                }
                found.addAll(inside);
            } else if (Files.exists(path)) {
                found.add(path);
            } else {
                mistakes.add(path, "there is no such file or directory");
            }
        }
        return found;
    }

    /** The file's text, or nothing and a mistake. */
    static Optional<String> text(Path file, Mistakes mistakes) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            mistakes.add(file, "the file cannot be read: check that it is a file and that its permissions allow it");
            return Optional.empty();
        }
        try {
            if (bytes.length > 1 && bytes[0] == (byte) 0x1f && bytes[1] == (byte) 0x8b) {
                bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
            }
        } catch (IOException e) {
            mistakes.add(file, "the gzip data is damaged or cut off: compress the file again, or give it uncompressed");
            return Optional.empty();
        }
        Optional<String> text = decoded(bytes);
        if (text.isEmpty() || text.get().indexOf('\0') >= 0) {
            mistakes.add(file, "this is no text: a text file in UTF-8, or one compressed with gzip, is expected");
            return Optional.empty();
        }
        if (text.get().isBlank()) {
            mistakes.add(file, "the file is empty");
            return Optional.empty();
        }
        return text;
    }

    /** The file's name without {@code .gz} and its other ending. */
    static String baseName(Path file) {
        String name = String.valueOf(file.getFileName());
        String plain = withoutGz(name);
        int dot = plain.lastIndexOf('.');
        // What follows the last dot of m3.medium-us-east-1a is no ending.
        return dot > 0 && plain.length() - dot <= 6 && plain.indexOf('-', dot) < 0 ? plain.substring(0, dot) : plain;
    }

    /** One line that names these files; many are counted. */
    static String origin(List<Path> files) {
        String names = files.stream()
                .limit(4)
                .map(file -> String.valueOf(file.getFileName()))
                .collect(Collectors.joining(", "));
        return "recorded: " + names + (files.size() > 4 ? " and %d more".formatted(files.size() - 4) : "");
    }

    private static List<Path> inside(Path directory, List<String> endings, Mistakes mistakes) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isRegularFile)
                    .filter(file -> {
                        String name =
                                withoutGz(String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT));
                        return !name.startsWith(".") && endings.stream().anyMatch(name::endsWith);
                    })
                    .sorted()
                    .toList();
        } catch (IOException e) {
            mistakes.add(directory, "the directory cannot be listed: check its permissions");
            return List.of();
        }
    }

    private static String withoutGz(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    }

    private static Optional<String> decoded(byte[] bytes) {
        int mark = bytes.length < 2 ? 0 : ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
        boolean wide = mark == 0xfffe || mark == 0xfeff;
        Charset charset = wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return Optional.of(text.startsWith("\ufeff") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
