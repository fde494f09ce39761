package io.saltus.app.cli;

import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.persistence.projection.RunState;
import java.util.Optional;

/**
 * A range of recorded steps that a user gave, both ends included.
 *
 * @param from the first
 * @param until the last
 */
record StepWindow(long from, long until) {

  /**
   * @throws Refusal when it is no range of steps that the run has recorded itself
   */
  static StepWindow of(RunId run, RunState state, Optional<String> from, Optional<String> until) {
    long last = state.step();
    long first = state.beginsWith() + 1;
    if (last < first) {
      throw Refusal.wrong(run + " has recorded nothing yet", run.value(), "");
    }
    Optional<Long> given = Arguments.whole("--from", from, 0, Long.MAX_VALUE);
    long end = Arguments.whole("--until", until, 0, Long.MAX_VALUE).orElse(last);
    // Step 0 comes before the first update; it is left out unless it is all that is wanted.
    long begin = given.orElse(Math.min(Math.min(last, end), Math.max(1, first)));
    if (begin > last || end > last) {
      throw Refusal.wrong(
          "%s has recorded steps up to %d".formatted(run, last),
          begin > last ? "--from " + begin : "--until " + end,
          "Give one of these.");
    }
    if (begin < first) {
      throw Refusal.wrong(
          "%s begins with step %d of %s"
              .formatted(run, state.beginsWith(), state.parent().orElseThrow().run()),
          given.isPresent() ? "--from " + begin : "--until " + end,
          "Give a later one, or name its parent.");
    }
    if (begin > end) {
      throw Refusal.wrong(
          "the first step lies behind the last",
          "--from %d --until %d".formatted(begin, end),
          "Turn them around.");
    }
    return new StepWindow(begin, end);
  }
}
