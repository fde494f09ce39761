package io.saltus.bench.reexecution;

import io.saltus.bench.Ratio;
import io.saltus.bench.ground.Ground;
import io.saltus.bench.resume.MillionSteps;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.projection.CheckpointState;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredSnapshot;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.StepRange;
import java.nio.file.Path;
import java.util.List;

/**
 * The last hundred steps of a scripted run of a million verified alone, against the whole of it.
 *
 * <p>A window may execute again what lies between the checkpoint before it and its end. It may read
 * the events of these steps, those since the last snapshot, and a few for each doubling of the run
 * to find its place.
 */
public final class WindowBench {

  private static final long WINDOW = 100;
  private static final int LOOKS = 4;

  private WindowBench() {}

  private record Bounds(long from, long until, long steps, long events) {}

  /** Counts steps and events, and takes the time of both. */
  public static List<Ratio> run(Path scratch) throws Exception {
    MillionSteps.train(scratch);
    Bounds bounds = bounds(scratch);
    Verification whole = Verification.of(scratch, MillionSteps.program(), 0, bounds.until());
    Verification window =
        Verification.of(scratch, MillionSteps.program(), bounds.from(), bounds.until());
    return List.of(
        new Ratio(
            "steps that verifying the last 100 of 10⁶ may execute",
            "",
            bounds.steps(),
            "executed",
            window.steps(),
            1),
        new Ratio(
            "events that it may read",
            "",
            bounds.events(),
            "read, of " + whole.events(),
            window.events(),
            1),
        new Ratio(
            "verifying the last 100 of 10⁶ steps, opening included",
            "/s",
            1 / window.seconds(),
            "all of them",
            1 / whole.seconds(),
            1));
  }

  private static Bounds bounds(Path root) {
    try (JournalReader journal = RocksReaders.open(Home.at(root).journal())) {
      RunReader runs = new RunReader(journal);
      RunState state = runs.state(Ground.RUN);
      long from = state.step() - WINDOW + 1;
      long checkpoint =
          state.checkpoints().stream()
              .filter(CheckpointState::valid)
              .mapToLong(CheckpointState::step)
              .filter(step -> step < from)
              .max()
              .orElse(-1);
      long snapshot =
          journal.latestSnapshot("run|" + Ground.RUN).map(StoredSnapshot::sequence).orElse(0L);
      long frame =
          runs.frames(Ground.RUN, new StepRange(checkpoint + 1, state.step())).next().sequence();
      long read = state.lastSequence() - Math.min(snapshot, frame - 1);
      long looks = (long) LOOKS * (Long.SIZE - Long.numberOfLeadingZeros(state.lastSequence()));
      // A fork would say in its first event what it begins with.
      return new Bounds(from, state.step(), state.step() - checkpoint, 1 + read + looks);
    }
  }
}
