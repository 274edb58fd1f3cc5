package dev.mainstay.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The text of a config file; or one mistake. */
final class ConfigFile {
    /** A hundred clusters take about a tenth of it; what is larger is some other file. */
    private static final int LARGEST = 1 << 20;

    private ConfigFile() {}

    static Optional<String> text(Path file, Findings findings) {
        try {
            if (Files.isDirectory(file)) {
                return refused(findings, "is a directory; needs a YAML file, such as mainstay.yaml in it");
            }
            byte[] bytes = bytes(file);
            if (bytes.length > LARGEST) {
                return refused(findings, "is larger than 1 MiB; needs a YAML file with the key mainstay");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            return refused(findings, "is not text; needs YAML in UTF-8");
        } catch (NoSuchFileException e) {
            return refused(findings, "does not exist; needs the path of a YAML file");
        } catch (AccessDeniedException e) {
            return refused(findings, "may not be read by this user; needs read permission");
        } catch (IOException e) {
            return refused(findings, "cannot be read (%s); needs a readable YAML file".formatted(reason(e)));
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LARGEST + 1);
        }
    }

    private static Optional<String> refused(Findings findings, String message) {
        findings.refuse(1, 1, "file", message);
        return Optional.empty();
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : Quoted.key(e.getMessage());
    }
}
