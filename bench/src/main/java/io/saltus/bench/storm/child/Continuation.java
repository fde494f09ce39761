package io.saltus.bench.storm.child;

import io.saltus.actors.RunHandle;
import io.saltus.actors.RunListener;
import io.saltus.app.Saltus;
import io.saltus.experiment.RunId;
import java.util.Optional;

/** How a run that lies in a home goes on. */
@FunctionalInterface
interface Continuation {

  /**
   * Goes on with it.
   *
   * @return the run, or nothing where this version of Saltus cannot resume
   */
  Optional<RunHandle> resume(Saltus saltus, RunId run, RunListener listener);

  /** As Saltus does it. */
  static Continuation installed() {
    return (saltus, run, listener) -> Optional.of(saltus.resume(run, listener));
  }
}
