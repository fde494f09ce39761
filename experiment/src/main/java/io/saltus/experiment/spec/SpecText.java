package io.saltus.experiment.spec;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The text of one spec file.
 *
 * @param name as problems show it
 * @param identity tells whether two texts are the same file
 * @param text its content
 * @param file where it lies; empty for shipped specs and flags
 */
record SpecText(String name, String identity, String text, Optional<Path> file) {}
