package io.saltus.app.server.api;

import io.saltus.app.server.http.HttpProblem;
import io.saltus.app.server.http.HttpProblem.Wrong;
import io.saltus.experiment.RunId;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.RunReader;
import java.util.List;
import java.util.OptionalLong;

/**
 * When a run is looked at: now, after a step of today's history, or after an event, as history was
 * known then.
 *
 * @param step empty where no step is asked for
 * @param sequence empty where no event is asked for
 */
record Moment(OptionalLong step, OptionalLong sequence) {

  static final Param STEP =
      Param.whole("at-step", 0, Long.MAX_VALUE, "after a step of today's history");
  static final Param SEQUENCE =
      Param.whole("at-sequence", 1, Long.MAX_VALUE, "after an event, as was known then");

  /**
   * The moment that a query means.
   *
   * @throws HttpProblem where it means two
   */
  static Moment of(Parameters given) {
    Moment moment = new Moment(given.whole(STEP.name()), given.whole(SEQUENCE.name()));
    if (moment.step().isPresent() && moment.sequence().isPresent()) {
      throw HttpProblem.wrong(
          List.of(
              new Wrong(STEP.name(), "it stands beside " + SEQUENCE.name()),
              new Wrong(SEQUENCE.name(), "it stands beside " + STEP.name())));
    }
    return moment;
  }

  /**
   * Makes sure that the run has come so far.
   *
   * @param now the run's state
   * @throws HttpProblem where it has not
   */
  void require(RunId run, RunState now) {
    if (step.isPresent() && step.getAsLong() > now.step()) {
      throw HttpProblem.wrong(
          STEP.name(),
          run
              + (now.step() < 0
                  ? " has recorded nothing yet"
                  : " has recorded steps 0 to " + now.step()));
    }
    if (sequence.isPresent() && sequence.getAsLong() > now.lastSequence()) {
      throw HttpProblem.wrong(SEQUENCE.name(), run + " has events 1 to " + now.lastSequence());
    }
  }

  /**
   * The last event of that moment, of a run that has come so far; empty: that of now. Of a step it
   * is the last one before today's history goes beyond it.
   */
  OptionalLong lastSequence(RunReader runs, RunId run) {
    return step.isPresent()
        ? OptionalLong.of(runs.lastSequenceUntilStep(run, step.getAsLong()))
        : sequence;
  }
}
