package io.saltus.bench.scale;

import io.saltus.bench.Machine;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes things large, says how long they take, and checks that nothing is lost. */
public final class Scale {

  /** Of what is measured, the less the better. */
  private static final Map<String, Double> LIMITS =
      Map.of(LivePart.RECOVERY, 5.0, LivePart.HEAP, 1024.0, FinishedPart.secondsOf("runs"), 1.0);

  private static final List<String> PARTS = List.of("live", "finished");

  private Scale() {}

  /**
   * Plays the parts named, or both.
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
    boolean held = true;
    out.println(Machine.describe());
    out.println();
    out.println("| what | measured | asked | met |");
    out.println("|---|---|---|---|");
    if (parts.contains("live")) {
      System.err.println("scale: live …");
      LivePart.Result result = LivePart.run(directory.resolve("live"), options);
      result.measured().forEach((what, value) -> out.println(row(what, value)));
      held = print(result.aftermath(), options, out);
    }
    if (parts.contains("finished")) {
      System.err.println("scale: finished …");
      FinishedPart.run(directory.resolve("finished"), options.runs())
          .forEach((what, value) -> out.println(row(what, value)));
    }
    return held;
  }

  private static boolean print(Aftermath aftermath, ScaleOptions options, PrintStream out) {
    boolean queue = aftermath.waiting() == options.queued();
    boolean held = aftermath.lost() == 0 && aftermath.wrong() == 0 && queue;
    out.println("| frames read back, each compared | %,d | | |".formatted(aftermath.frames()));
    out.println(found("acknowledged events that are not there", aftermath.lost(), 0));
    out.println(found("frames that are missing, doubled or other ones", aftermath.wrong(), 0));
    out.println(found("runs that wait in the queue", aftermath.waiting(), options.queued()));
    out.println(found("runs that were at work", aftermath.interrupted(), options.trainers()));
    return held;
  }

  private static String found(String what, long number, long expected) {
    return "| %s | %,d | %,d | %s |"
        .formatted(what, number, expected, number == expected ? "yes" : "**no**");
  }

  private static String row(String what, double value) {
    Double limit = LIMITS.get(what);
    return String.format(
        Locale.ROOT,
        "| %s | %,.3f | %s | %s |",
        what,
        value,
        limit == null ? "" : "≤ " + Math.round(limit),
        limit == null ? "" : value <= limit ? "yes" : "**no**");
  }
}
