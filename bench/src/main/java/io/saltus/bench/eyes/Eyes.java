package io.saltus.bench.eyes;

import io.saltus.bench.Machine;
import io.saltus.bench.eyes.ground.Scene;
import io.saltus.bench.eyes.ground.Sizes;
import io.saltus.bench.ground.Figure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures what people and programs get to see of a server, and prints one table: what, measured,
 * asked, and how busy the machine was when it began.
 */
public final class Eyes {

  /** The parts, in the order that they are played in. */
  public static final List<String> PARTS =
      List.of("start", "page", "rows", "live", "load", "memory");

  private static final String USAGE =
      "eyes [" + String.join("] [", PARTS) + "] [--small] [--dir DIR]";

  private Eyes() {}

  /**
   * Plays the parts named, or all. The exit code is 1 where anything that is asked for is not met.
   *
   * @param args names of parts; {@code --small} for sizes that only show that everything works;
   *     {@code --dir DIR} for homes that stay there and are used again
   * @throws Exception when a part cannot be played
   */
  public static void main(String[] args) throws Exception {
    List<String> parts = new ArrayList<>();
    Sizes sizes = Sizes.PUBLISHED;
    Optional<Path> kept = Optional.empty();
    for (int i = 0; i < args.length; i++) {
      if (PARTS.contains(args[i])) {
        parts.add(args[i]);
      } else if (args[i].equals("--small")) {
        sizes = Sizes.SMALL;
      } else if (args[i].equals("--dir") && i + 1 < args.length) {
        kept = Optional.of(Path.of(args[++i]).toAbsolutePath());
      } else {
        System.err.println("eyes: '" + args[i] + "' is unknown here. " + USAGE);
        System.exit(2);
      }
    }
    Path directory =
        kept.isPresent()
            ? Files.createDirectories(kept.get())
            : Files.createTempDirectory("saltus-eyes");
    List<Figure> figures;
    try {
      figures = play(parts.isEmpty() ? PARTS : parts, directory, sizes, System.out);
    } finally {
      if (kept.isEmpty()) {
        delete(directory);
      }
    }
    System.exit(figures.stream().allMatch(Figure::fine) ? 0 : 1);
  }

  /**
   * Plays parts and prints their figures as they come.
   *
   * @return them
   */
  static List<Figure> play(List<String> parts, Path directory, Sizes sizes, PrintStream out)
      throws Exception {
    List<Figure> figures = new ArrayList<>();
    Scene scene =
        new Scene(
            directory,
            sizes,
            figure -> {
              figures.add(figure);
              out.println(figure.row());
              out.flush();
            });
    out.println(Machine.describe());
    out.println();
    out.println(Figure.head());
    for (String part : parts) {
      scene.say(part);
      play(part, scene);
    }
    return List.copyOf(figures);
  }

  private static void play(String part, Scene scene) throws Exception {
    switch (part) {
      case "start" -> StartPart.play(scene);
      case "page" -> PagePart.play(scene);
      case "rows" -> RowsPart.play(scene);
      case "live" -> LivePart.play(scene);
      case "load" -> LoadPart.play(scene);
      case "memory" -> MemoryPart.play(scene);
      default -> throw new IllegalArgumentException(part);
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
