package io.saltus.bench;

import io.saltus.bench.checkpoint.CadenceBench;
import io.saltus.bench.checkpoint.CheckpointBench;
import io.saltus.bench.export.ExportBench;
import io.saltus.bench.journal.JournalBench;
import io.saltus.bench.memory.MemoryBench;
import io.saltus.bench.reexecution.VerifyBench;
import io.saltus.bench.reexecution.WindowBench;
import io.saltus.bench.resume.RecoveryBench;
import io.saltus.bench.resume.ResumeBench;
import io.saltus.bench.series.SeriesBench;
import io.saltus.bench.startup.StartupBench;
import io.saltus.bench.training.TrainingBench;
import io.saltus.bench.worker.WorkerBench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the benchmarks named on the command line ({@code journal}, {@code training}, {@code memory},
 * {@code startup}, {@code cadence}, {@code checkpoint}, {@code resume}, {@code recovery}, {@code
 * verify}, {@code window}, {@code worker}, {@code export}, {@code series}, {@code all}) and prints
 * one table of ratios, each against a baseline of the same run.
 */
public final class Bench {

  private static final List<String> ALL =
      List.of(
          "journal",
          "training",
          "memory",
          "startup",
          "cadence",
          "checkpoint",
          "resume",
          "recovery",
          "verify",
          "window",
          "worker",
          "export",
          "series");

  private Bench() {}

  /**
   * Runs them and prints the table on standard output. The exit code is 1 where a ratio is less
   * than what is asked for, so that no script takes a shortfall for a success.
   *
   * @param args names of benchmarks; none: all
   * @throws Exception when a benchmark cannot be run; nothing is printed as measured then
   */
  public static void main(String[] args) throws Exception {
    List<String> asked = args.length == 0 || args[0].equals("all") ? ALL : List.of(args);
    for (String name : asked) {
      if (!ALL.contains(name)) {
        System.err.println("bench: no benchmark '" + name + "'. One of " + ALL + " or all.");
        System.exit(2);
      }
    }
    Path scratch = Files.createTempDirectory("saltus-bench");
    List<Ratio> ratios = new ArrayList<>();
    try {
      for (String name : asked) {
        System.err.println("bench: " + name + " …");
        ratios.addAll(run(name, scratch.resolve(name)));
      }
    } finally {
      delete(scratch);
    }
    System.out.println(Machine.describe());
    System.out.println();
    System.out.println("| what | ours | baseline | ratio | asked | met |");
    System.out.println("|---|---|---|---|---|---|");
    ratios.forEach(ratio -> System.out.println(ratio.row()));
    System.exit(ratios.stream().allMatch(Ratio::met) ? 0 : 1);
  }

  private static List<Ratio> run(String name, Path scratch) throws Exception {
    Files.createDirectories(scratch);
    return switch (name) {
      case "journal" -> JournalBench.run(scratch);
      case "training" -> TrainingBench.run(scratch);
      case "memory" -> MemoryBench.run(scratch);
      case "startup" -> StartupBench.run(scratch);
      case "cadence" -> CadenceBench.run(scratch);
      case "checkpoint" -> CheckpointBench.run(scratch);
      case "resume" -> ResumeBench.run(scratch);
      case "recovery" -> RecoveryBench.run(scratch);
      case "verify" -> VerifyBench.run(scratch);
      case "window" -> WindowBench.run(scratch);
      case "worker" -> WorkerBench.run(scratch);
      case "export" -> ExportBench.run(scratch);
      case "series" -> SeriesBench.run(scratch);
      default -> throw new IllegalStateException(name);
    };
  }

  private static void delete(Path root) throws Exception {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
