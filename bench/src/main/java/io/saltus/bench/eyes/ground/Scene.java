package io.saltus.bench.eyes.ground;

import io.saltus.bench.ground.Figure;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a part has to work with.
 *
 * @param directory where its homes lie
 * @param out takes what was measured, as it comes
 */
public record Scene(Path directory, Sizes sizes, Consumer<Figure> out) {

  /** Tells whoever waits. */
  public void say(String what) {
    System.err.println("eyes: " + what + " …");
  }

  /** A home of the scene. */
  public Path home(String name) {
    return directory.resolve(name);
  }
}
