package dev.mainstay.config;

import org.jspecify.annotations.Nullable;

/**
 * A key where it stands in the file.
 *
 * @param written the whole key as the file writes it, for messages
 * @param line from 1
 * @param column from 1
 * @param text its value as the file writes it, so that {@code 1.10} stays a version and {@code 40%} a percentage; null
 *     where keys or a list stand below it
 */
record Key(String written, int line, int column, @Nullable String text) {}
