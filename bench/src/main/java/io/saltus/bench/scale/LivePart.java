package io.saltus.bench.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Trainers that are live at once, with others queued behind them, in a process that is killed; then
 * what the next process finds, and what the journal holds.
 */
public final class LivePart {

  static final String RECOVERY =
      "seconds from the kill to the supervisor's answer, its JVM included";
  static final String RATE = "frames per second";
  static final String HEAP = "heap, highest, MiB";

  private LivePart() {}

  /**
   * What was measured and found.
   *
   * @param measured by name; times in seconds where the name says nothing else
   * @param aftermath what the journal holds
   */
  public record Result(Map<String, Double> measured, Aftermath aftermath) {}

  /** Plays it in an empty directory. */
  public static Result run(Path directory, ScaleOptions options)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Path home = directory.resolve("home");
    Path told = directory.resolve("acknowledged");
    Map<String, Double> measured = new LinkedHashMap<>();
    long killed;
    try (ChildProcess child =
        ChildProcess.start(
            LiveChild.class,
            home.toString(),
            told.toString(),
            Integer.toString(options.trainers()),
            Integer.toString(options.hertz()),
            Integer.toString(options.seconds()),
            Integer.toString(options.queued()))) {
      child.await("measured");
      measured.putAll(child.said());
      measured.put("resident memory, highest, MiB", child.highestResidentMebibytes());
      killed = System.nanoTime();
    }
    try (ChildProcess recovery =
        ChildProcess.start(
            RecoveryChild.class, home.toString(), Integer.toString(options.trainers()))) {
      recovery.await("answered");
      measured.put(RECOVERY, (System.nanoTime() - killed) / 1e9);
      recovery.await("closed");
      measured.put("seconds of it, opening the home", recovery.said("open"));
      measured.put(
          "seconds of it, opening the home and recovering the supervisor",
          recovery.said("answered"));
    }
    int runs = options.trainers() + options.queued();
    return new Result(
        measured,
        Aftermath.read(home, Acknowledged.at(told, runs), options.trainers(), options.queued()));
  }
}
