package io.saltus.bench.storm.ground;

import java.time.Duration;

/**
 * What the children train.
 *
 * @param name {@code scripted} or {@code grokking}
 * @param steps of a run
 * @param patience how long a whole run may take on a busy machine
 */
public record TrainedProgram(String name, long steps, Duration patience) {

  /** By its name. */
  public static TrainedProgram of(String name) {
    return switch (name) {
      case "scripted" -> new TrainedProgram(name, 400, Duration.ofSeconds(90));
      case "grokking" -> new TrainedProgram(name, 400, Duration.ofMinutes(3));
      default ->
          throw new IllegalArgumentException(
              "no program '" + name + "'. One of scripted, grokking.");
    };
  }
}
