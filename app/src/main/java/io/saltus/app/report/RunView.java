package io.saltus.app.report;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.RunEvent.ImportOrigin;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.projection.RunState;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A run as it is shown.
 *
 * @param state with at least its submission
 * @param interrupted whether an attempt is open in the journal and nobody can be at it
 * @param digest of its series, computed when it is asked for, which may take a while; empty while
 *     nothing is recorded
 * @param jumps those of the last analysis, read when they are asked for; empty when there was none
 */
public record RunView(
    RunState state,
    boolean interrupted,
    Supplier<Optional<Sha256>> digest,
    Supplier<Optional<List<Jump>>> jumps) {

  private static final String INTERRUPTED = "interrupted";

  /** Where the run is in its life, as a word. */
  public String status() {
    return interrupted ? INTERRUPTED : state.status().text();
  }

  /** The run's id. */
  public String run() {
    return state.run().orElseThrow().value();
  }

  /** How it was brought in; empty of a run that was computed here. */
  public Optional<RunImported> imported() {
    return state.imported();
  }

  /**
   * Whether more of it may come: another program computes it and has not said that it came to an
   * end, or its import has not come to its end, because it is under way or was broken off.
   */
  public boolean isOpen() {
    if (imported().isEmpty()) {
      return false;
    }
    boolean external = imported().get().origin() == ImportOrigin.EXTERNAL;
    return state.latestAttempt().map(last -> last.end().isEmpty()).orElse(external);
  }

  /** The spec it was submitted with; of an imported run a stand-in, which is not shown. */
  public ExperimentSpec spec() {
    return state.submission().orElseThrow().spec();
  }

  /** The last recorded step; 0 before the first, when there is no digest either. */
  public long step() {
    return Math.max(0, state.step());
  }

  /** The device of the latest attempt, else what the spec asks for; none of an imported run. */
  public String device() {
    if (state.imported().isPresent()) {
      return "none";
    }
    return state.devices().isEmpty() ? spec().device() : state.devices().get(0).toString();
  }
}
