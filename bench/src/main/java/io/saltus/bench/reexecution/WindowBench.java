package io.saltus.bench.reexecution;

import io.saltus.bench.Ratio;
import io.saltus.bench.resume.MillionSteps;
import io.saltus.bench.ground.Ground;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.projection.CheckpointState;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.runs.RunReader;
import java.nio.file.Path;
import java.util.List;

/**
 * The last hundred steps of a scripted run of a million verified alone, against the whole of it: a
 * window may execute again what lies between the checkpoint before it and its end, and read of the
 * journal a tenth of what the whole reads.
 */
public final class WindowBench {

  private static final long WINDOW = 100;
  private static final int READ_SHARE = 10;

  private WindowBench() {}

  /** Counts steps and events, and takes the time of both. */
  public static List<Ratio> run(Path scratch) throws Exception {
    MillionSteps.train(scratch);
    RunState state = state(scratch);
    long from = state.step() - WINDOW + 1;
    long checkpoint =
        state.checkpoints().stream()
            .filter(CheckpointState::valid)
            .mapToLong(CheckpointState::step)
            .filter(step -> step < from)
            .max()
            .orElse(-1);
    Verification whole = Verification.of(scratch, MillionSteps.program(), 0, state.step());
    Verification window = Verification.of(scratch, MillionSteps.program(), from, state.step());
    return List.of(
        new Ratio(
            "steps that verifying the last 100 of 10⁶ may execute",
            "",
            state.step() - checkpoint,
            "executed",
            window.steps(),
            1),
        new Ratio(
            "events that it may read",
            "",
            (double) whole.events() / READ_SHARE,
            "read (the whole: " + whole.events() + ")",
            window.events(),
            1),
        new Ratio(
            "verifying the last 100 of 10⁶ steps",
            "/s",
            1 / window.seconds(),
            "all of them",
            1 / whole.seconds(),
            READ_SHARE));
  }

  private static RunState state(Path root) {
    try (JournalReader journal = RocksReaders.open(Home.at(root).journal())) {
      return new RunReader(journal).state(Ground.RUN);
    }
  }
}
