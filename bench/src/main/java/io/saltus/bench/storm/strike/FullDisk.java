package io.saltus.bench.storm.strike;

import io.saltus.bench.storm.child.StormChild;
import io.saltus.bench.storm.ground.BrokenPromiseException;
import io.saltus.bench.storm.ground.Running;
import io.saltus.bench.storm.ground.Trees;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.persistence.home.Ballast;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.projection.AttemptState;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.runs.RunReader;
import java.io.IOException;
import java.util.Optional;

/**
 * The disk is full after some bytes; later there is room again. A run that had begun rests in the
 * journal by then, and says why.
 */
final class FullDisk implements Strike {

  @Override
  public String name() {
    return "disk-full";
  }

  @Override
  public Optional<String> impossible(Ground ground) {
    return ground.field().shim().impossible();
  }

  @Override
  public Outcome strike(Ground ground) throws IOException, InterruptedException {
    long space = space(ground);
    int status;
    try (Running child = ground.launch().traced().withSpace(space).begin()) {
      status = child.status(ground.patience());
      ground.remember(child.promises());
    }
    String said = status == 0 ? "it was enough" : ground.refusal(status, 1, "no space left");
    return new Outcome(
        "after " + space + " bytes", "“" + said + "”; " + rest(ground) + ground.goOn());
  }

  /** Once in four times not even enough for the ballast, which a run must have to begin. */
  private static long space(Ground ground) throws IOException {
    return ground.pick(4) == 1
        ? ground.pick(Ballast.BYTES)
        : ground.pick(Trees.bytes(ground.undisturbed().field().home()) - Ballast.BYTES)
            + Ballast.BYTES;
  }

  private static String rest(Ground ground) {
    if (ground.home().inspect() != Home.State.READY) {
      return "";
    }
    try (JournalReader journal = RocksReaders.open(ground.home().journal())) {
      RunReader runs = new RunReader(journal);
      if (!runs.exists(StormChild.RUN)) {
        return "";
      }
      RunState state = runs.state(StormChild.RUN);
      Optional<AttemptState> attempt = state.latestAttempt();
      if (attempt.isEmpty() || state.status() == RunStatus.COMPLETED) {
        return "";
      }
      Optional<AttemptEnd> cause =
          attempt.flatMap(AttemptState::end).map(AttemptState.Ending::cause);
      if (state.status() != RunStatus.PAUSED || !cause.equals(Optional.of(AttemptEnd.DISK_FULL))) {
        throw new BrokenPromiseException(
            "a full disk left the run %s, its attempt ended by %s"
                .formatted(state.status(), cause));
      }
      return "paused; ";
    }
  }
}
