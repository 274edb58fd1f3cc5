package dev.mainstay.stories;

/** A story that cannot be understood: where, what, and what is allowed there. */
final class StoryMistake extends RuntimeException {
    StoryMistake(String file, int line, String what) {
        super("%s:%d: %s".formatted(file, line, what), null, false, false);
    }
}
