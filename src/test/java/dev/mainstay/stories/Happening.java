package dev.mainstay.stories;

import java.time.Duration;

/**
 * What happens in a story at one time.
 *
 * @param words the line, for what is wrong with it only when its time has come
 */
record Happening(Duration at, Words words, Event event) {
    /** What is done. */
    interface Event {
        void on(Stage stage);
    }
}
