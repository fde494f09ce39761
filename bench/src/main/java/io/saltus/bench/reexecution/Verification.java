package io.saltus.bench.reexecution;

import io.saltus.actors.reexecution.Difference;
import io.saltus.actors.reexecution.Reexecution;
import io.saltus.app.Recomputation;
import io.saltus.bench.ground.Ground;
import io.saltus.experiment.session.Program;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.runs.RunReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Steps verified as the command does it.
 *
 * @param steps executed, those between the checkpoint and the first that was wanted included
 * @param events different ones handed out by the journal
 * @param seconds of all of it, opening the journal and a session included
 * @param stepSeconds of executing and comparing alone
 */
record Verification(long steps, long events, double seconds, double stepSeconds) {

  private static final long STEPS_AT_A_TIME = 256;

  /**
   * Verifies.
   *
   * @throws IllegalStateException when something differs
   */
  static Verification of(Path root, Program program, long from, long until) {
    Home home = Home.at(root);
    long begin = System.nanoTime();
    try (CountingReader journal = new CountingReader(RocksReaders.open(home.journal()));
        Recomputation again =
            Recomputation.open(
                new RunReader(journal), home, List.of(program), Ground.RUN, from, until)) {
      Reexecution steps = again.steps();
      long opened = System.nanoTime();
      while (!steps.done()) {
        Optional<Difference> difference = steps.advance(STEPS_AT_A_TIME).difference();
        if (difference.isPresent()) {
          throw new IllegalStateException(difference.toString());
        }
      }
      long end = System.nanoTime();
      return new Verification(
          steps.steps(), journal.events(), (end - begin) / 1e9, (end - opened) / 1e9);
    }
  }
}
