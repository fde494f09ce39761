package io.saltus.bench.scale;

import io.saltus.bench.Machine;
import io.saltus.bench.ground.Figure;
import io.saltus.bench.ground.LoadAverage;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes things large, says how long they take, and checks that nothing is lost. */
public final class Scale {

  private static final List<String> PARTS = List.of("live", "finished");

  private Scale() {}

  /**
   * Plays the parts named, or both. The exit code is 1 where anything that is asked for is not met.
   *
   * @param args as in {@link ScaleOptions#USAGE}
   * @throws Exception when a part cannot be played
   */
  public static void main(String[] args) throws Exception {
    ScaleOptions options = ScaleOptions.PUBLISHED;
    List<String> parts = new ArrayList<>();
    try {
      for (int i = 0; i < args.length; i++) {
        if (PARTS.contains(args[i])) {
          parts.add(args[i]);
        } else if (i + 1 == args.length) {
          throw new IllegalArgumentException("no part '" + args[i] + "'. " + ScaleOptions.USAGE);
        } else {
          options = options.with(args[i], args[++i]);
        }
      }
    } catch (IllegalArgumentException e) {
      System.err.println("scale: " + e.getMessage());
      System.exit(2);
    }
    Path directory =
        options.directory().isPresent()
            ? Files.createDirectories(options.directory().get())
            : Files.createTempDirectory("saltus-scale");
    boolean held = play(parts.isEmpty() ? PARTS : parts, directory, options, System.out);
    System.exit(held ? 0 : 1);
  }

  private static boolean play(
      List<String> parts, Path directory, ScaleOptions options, PrintStream out) throws Exception {
    out.println(Machine.describe());
    out.println();
    out.println(Figure.head());
    List<Figure> figures = new ArrayList<>();
    if (parts.contains("live")) {
      System.err.println("scale: live …");
      double load = LoadAverage.now();
      LivePart.Result result = LivePart.run(directory.resolve("live"), options);
      figures.addAll(print(ScaleFigures.of(result, options, load), out));
    }
    if (parts.contains("finished")) {
      System.err.println("scale: finished …");
      double load = LoadAverage.now();
      Map<String, Double> measured =
          FinishedPart.run(directory.resolve("finished"), options.runs());
      figures.addAll(print(ScaleFigures.ofFinished(measured, load), out));
    }
    return figures.stream().allMatch(Figure::fine);
  }

  private static List<Figure> print(List<Figure> figures, PrintStream out) {
    figures.forEach(figure -> out.println(figure.row()));
    return figures;
  }
}
