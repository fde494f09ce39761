package io.saltus.bench.storm.child;

import io.saltus.app.Tools;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecReader;
import io.saltus.experiment.spec.SpecReading;
import io.saltus.experiment.spec.SpecSetting;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What a child trains.
 *
 * @param spec resolved
 * @param tools for the façade
 */
record Workload(ExperimentSpec spec, Tools tools) {

  private static final Duration PACE = Duration.ofMillis(2);
  private static final int CHECKPOINTS = 8;

  /** Chunks are cut by this clock: a faster one makes many small frames, and more to strike at. */
  private static final int HASTE = 40;

  /**
   * By its name on the command line.
   *
   * @param program {@code scripted} or {@code grokking}
   */
  static Workload of(String program, long steps) {
    long every = Math.max(1, steps / CHECKPOINTS);
    return switch (program) {
      case "scripted" ->
          new Workload(
              StormProgram.spec(steps, every),
              tools(List.of(new StormProgram(PACE)), () -> System.nanoTime() * HASTE));
      case "grokking" -> grokking(steps, every);
      default -> throw new IllegalArgumentException("no program '" + program + "'");
    };
  }

  private static Workload grokking(long steps, long every) {
    List<Program> programs = Tools.installed().programs();
    SpecReading reading =
        SpecReader.withFiles(programs)
            .read(
                "grokking",
                List.of(
                    SpecSetting.parse("steps=" + steps),
                    SpecSetting.parse("checkpoint.every=\"" + every + " steps\"")));
    if (reading instanceof SpecReading.Accepted accepted) {
      return new Workload(accepted.spec(), tools(programs, System::nanoTime));
    }
    throw new IllegalStateException(reading.toString());
  }

  private static Tools tools(List<Program> programs, LongSupplier nanoTime) {
    return new Tools(
        programs, List.of(), Clock.systemUTC(), nanoTime, new SecureRandom(), "storm child");
  }
}
