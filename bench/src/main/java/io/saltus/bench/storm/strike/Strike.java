package io.saltus.bench.storm.strike;

import java.io.IOException;
import java.util.Optional;

/** A kind of misfortune. */
public interface Strike {

  /** Its name on the command line and in the fault table. */
  String name();

  /** Why it cannot be tried here; empty when it can. */
  default Optional<String> impossible(Ground ground) {
    return Optional.empty();
  }

  /**
   * Begins a run, strikes it, goes on with it, and holds the outcome against what was promised.
   *
   * @return what struck when, and what survived
   * @throws io.saltus.bench.storm.ground.BrokenPromiseException when a promise did not hold
   */
  Outcome strike(Ground ground) throws IOException, InterruptedException;
}
