package dev.mainstay.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a file, the reader answers. */
class DamagedFileTest {
    private static final int DAMAGES = 150;
    private static final byte[] TELLING = " \t\n:-#[]{}&*!|>'\"%@`,?.<=~0".getBytes(StandardCharsets.UTF_8);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isReadOrRefusedWithEveryMistakeInOneLine(long seed) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[] shipped = Files.readAllBytes(Path.of("config/mainstay.yaml"));
        byte[] plain = Sample.GOOD.getBytes(StandardCharsets.UTF_8);
        Path file = directory.resolve("damaged.yaml");
        for (int i = 0; i < DAMAGES; i++) {
            byte[] damaged = damaged(i % 4 == 0 ? shipped : plain, random);
            Files.write(file, damaged);

            Reading reading = ConfigReader.read(file);

            if (reading instanceof Reading.Refused refused) {
                assertThat(refused.mistakes())
                        .as("seed %d, damage %d", seed, i)
                        .isSorted()
                        .allMatch(mistake -> mistake.line() >= 1 && mistake.column() >= 1)
                        .allMatch(mistake -> mistake.toString().lines().count() == 1);
            }
        }
    }

    /** One to six bytes changed, put in, taken out or a stretch doubled. */
    private static byte[] damaged(byte[] bytes, RandomGenerator random) {
        byte[] text = bytes.clone();
        for (int times = random.nextInt(1, 7); times > 0 && text.length > 1; times--) {
            int at = random.nextInt(text.length);
            int end = Math.min(text.length, at + random.nextInt(1, 40));
            text = switch (random.nextInt(4)) {
                case 0 -> joined(text, at, new byte[] {(byte) random.nextInt(256)}, at + 1);
                case 1 -> joined(text, at, new byte[] {TELLING[random.nextInt(TELLING.length)]}, at);
                case 2 -> joined(text, at, new byte[0], end);
                default -> joined(text, end, Arrays.copyOfRange(text, at, end), end);
            };
        }
        return text;
    }

    private static byte[] joined(byte[] text, int head, byte[] middle, int tail) {
        byte[] joined = Arrays.copyOf(text, head + middle.length + text.length - tail);
        System.arraycopy(middle, 0, joined, head, middle.length);
        System.arraycopy(text, tail, joined, head + middle.length, text.length - tail);
        return joined;
    }
}
