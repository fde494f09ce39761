package io.saltus.bench.scale;

import io.saltus.bench.ground.Median;
import io.saltus.bench.ground.Resident;
import io.saltus.persistence.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A home of many finished runs, and what commands take in it: whole processes of the launcher. */
final class FinishedPart {

  private static final int ROUNDS = 5;
  private static final double MEBI = 1 << 20;
  private static final long POLL_MILLIS = 5;

  private FinishedPart() {}

  private record Call(double seconds, double residentMebibytes) {}

  static Map<String, Double> run(Path home, int runs) throws Exception {
    Map<String, Double> measured = new LinkedHashMap<>();
    if (!Files.exists(home)) {
      long begin = System.nanoTime();
      FinishedHome.fill(home, runs);
      measured.put("seconds to write the home", (System.nanoTime() - begin) / 1e9);
    }
    Files.deleteIfExists(Home.at(home).runIndex());
    measured.put("seconds to write the index for the first time", FinishedHome.index(home));
    measured.put("size of the index, MiB", Files.size(Home.at(home).runIndex()) / MEBI);
    String middle = Homestead.run(runs / 2).value();
    measure(measured, home, "runs");
    measure(measured, home, "runs", "--format", "json");
    measure(measured, home, "runs", "--where", "seed>=" + (runs - 10));
    measure(measured, home, "show", middle);
    measure(measured, home, "show", "@last");
    measure(measured, home, "run", "grokking", "--steps", "1", "--quiet");
    return measured;
  }

  private static void measure(Map<String, Double> measured, Path home, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--home", home.toString()));
    double[] seconds = new double[ROUNDS];
    double resident = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Call call = call(command);
      seconds[round] = call.seconds();
      resident = Math.max(resident, call.residentMebibytes());
    }
    measured.put(secondsOf(arguments), Median.of(seconds));
    measured.put("resident memory of it, highest, MiB, " + String.join(" ", arguments), resident);
  }

  static String secondsOf(String... arguments) {
    return "seconds of saltus " + String.join(" ", arguments) + ", median of " + ROUNDS;
  }

  private static String launcher() {
    String launcher = System.getProperty("saltus.launcher");
    if (launcher == null) {
      throw new IllegalStateException("-Dsaltus.launcher must name the launcher: use bench/scale");
    }
    return launcher;
  }

  private static Call call(List<String> command) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    double resident = 0;
    while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      resident = Math.max(resident, resident(process));
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          String.join(" ", command) + " failed with exit " + process.exitValue());
    }
    return new Call(seconds, resident);
  }

  private static double resident(Process process) {
    try {
      return Resident.bytes(process.pid(), "VmHWM:") / MEBI;
    } catch (IOException ended) {
      // Between the question and the answer; what was read before is the highest.
      return 0;
    }
  }
}
