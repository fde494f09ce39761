package io.saltus.bench.memory;

import io.saltus.bench.Ratio;
import io.saltus.bench.ground.Resident;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A scripted run of five million steps, and the default run: each in a JVM of its own, with the
 * collector that the launcher chooses.
 */
public final class MemoryBench {

  private static final long STEPS = 5_000_000;

  /** The frames of so many steps are about what RocksDB gathers before it writes a file. */
  private static final long FILLED = 2_500_000;

  private static final double MEGABYTE = 1 << 20;
  private static final double DEFAULT_RUN_LIMIT_MB = 1024;

  private MemoryBench() {}

  private record Sample(long step, long heap, long resident) {}

  /** Measures both; of memory, less is better, so the earlier or the allowed stands above. */
  public static List<Ratio> run(Path scratch) throws Exception {
    List<Ratio> ratios = new ArrayList<>();
    List<Sample> samples = longRun(scratch.resolve("long"));
    Sample first = samples.get(0);
    long heap = samples.stream().mapToLong(Sample::heap).max().orElseThrow();
    long resident = samples.stream().mapToLong(Sample::resident).max().orElseThrow();
    ratios.add(
        new Ratio(
            "heap after collection at step 10⁵",
            "MiB",
            first.heap() / MEGABYTE,
            "highest up to step 5·10⁶",
            heap / MEGABYTE,
            0.9));
    ratios.add(
        new Ratio(
            "resident memory at step 10⁵",
            "MiB",
            first.resident() / MEGABYTE,
            "highest up to step 5·10⁶",
            resident / MEGABYTE,
            0.9));
    Sample filled =
        samples.stream().filter(sample -> sample.step() >= FILLED).findFirst().orElseThrow();
    ratios.add(
        new Ratio(
            "resident memory at step 2.5·10⁶, the store's write buffer once filled",
            "MiB",
            filled.resident() / MEGABYTE,
            "highest up to step 5·10⁶",
            resident / MEGABYTE,
            0.9));
    ratios.add(
        new Ratio(
            "resident memory allowed to the default run",
            "MiB",
            DEFAULT_RUN_LIMIT_MB,
            "its highest",
            defaultRun(scratch.resolve("default")) / MEGABYTE,
            1));
    return ratios;
  }

  private static List<Sample> longRun(Path home) throws IOException, InterruptedException {
    Process process =
        java("-Xmx256m", LongRun.class.getName(), home.toString(), Long.toString(STEPS)).start();
    List<Sample> samples = new ArrayList<>();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(" ", -1);
        samples.add(
            new Sample(
                Long.parseLong(fields[0]), Long.parseLong(fields[1]), Long.parseLong(fields[2])));
      }
    }
    if (process.waitFor() != 0 || samples.size() < 2) {
      throw new IllegalStateException("the long run failed with exit " + process.exitValue());
    }
    return samples;
  }

  private static long defaultRun(Path home) throws IOException, InterruptedException {
    Process process =
        java(
                "-Xms64m",
                "io.saltus.app.cli.SaltusMain",
                "run",
                "grokking",
                "--home",
                home.toString(),
                "--quiet")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    long highest = 0;
    while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
      highest = Math.max(highest, highestSoFar(process));
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException("the default run failed with exit " + process.exitValue());
    }
    return highest;
  }

  private static long highestSoFar(Process process) {
    try {
      return Resident.bytes(process.pid(), "VmHWM:");
    } catch (IOException ended) {
      // Between the question and the answer; what was read before is the highest.
      return 0;
    }
  }

  private static ProcessBuilder java(String heap, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                heap,
                "-cp",
                System.getProperty("java.class.path")));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }
}
