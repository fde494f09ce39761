package io.saltus.persistence.projection;

import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.event.StudyEvent.RunAssigned;
import io.saltus.experiment.event.StudyEvent.RunRefused;
import io.saltus.experiment.event.StudyEvent.StudyBudgeted;
import io.saltus.experiment.event.StudyEvent.StudyDeleted;
import io.saltus.experiment.event.StudyEvent.StudyExtended;
import io.saltus.experiment.event.StudyEvent.StudyOutcome;
import io.saltus.experiment.event.StudyEvent.StudyRested;
import io.saltus.experiment.event.StudyEvent.StudyStarted;
import io.saltus.experiment.event.StudyEvent.StudySubmitted;
import io.saltus.experiment.event.StudyEvent.StudyWidened;
import io.saltus.experiment.spec.ExperimentSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The state of a study: a fold over its events. Which run stands at which place of the plan is
 * known here; how these runs came out is not, that stands in their own streams.
 *
 * @param submission the first event; empty before it
 * @param spec of the plan, as it is by now; empty before the submission
 * @param assignments which run stands where
 * @param refused runs that could not be begun, with the reason
 * @param deviceHours how long devices may be used; empty: as long as it takes
 * @param extension the later last step of its own runs; empty: as each was begun
 * @param started whether a process works on it, or did when it ended without a word
 * @param rest how it came to rest last; empty before, and where it was extended at its end
 * @param deleted whether it was deleted
 * @param lastSequence of the last event, 0 before the first
 */
public record StudyState(
    Optional<StudySubmitted> submission,
    Optional<ExperimentSpec> spec,
    Assignments assignments,
    Map<RunId, String> refused,
    OptionalDouble deviceHours,
    OptionalLong extension,
    boolean started,
    Optional<StudyRested> rest,
    boolean deleted,
    long lastSequence) {

  private static final StudyState EMPTY =
      new StudyState(
          Optional.empty(),
          Optional.empty(),
          Assignments.none(),
          Map.of(),
          OptionalDouble.empty(),
          OptionalLong.empty(),
          false,
          Optional.empty(),
          false,
          0);

  /** Copies the refusals. */
  public StudyState {
    refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
  }

  /** Before the first event. */
  public static StudyState empty() {
    return EMPTY;
  }

  /** The study's name; empty before the submission. */
  public Optional<StudyId> study() {
    return submission.map(StudySubmitted::study);
  }

  /** Whether it is there for people. */
  public boolean exists() {
    return submission.isPresent() && !deleted;
  }

  /**
   * Whether a run that is complete goes on, because the study was extended beyond its last step.
   *
   * @param run one of its runs; those of somebody else are left as they are
   * @param step its last one
   */
  public boolean goesOn(RunId run, long step) {
    return extension.isPresent()
        && step < extension.getAsLong()
        && assignments.of(run).filter(assigned -> !assigned.reused()).isPresent();
  }

  /** The name of the next run that is its own. */
  public RunId nextRun() {
    return study().orElseThrow().run(assignments.own() + 1);
  }

  /** After one more event. */
  public StudyState apply(StudyEvent event) {
    Draft next = new Draft(this);
    if (event instanceof StudySubmitted submitted) {
      next.submission = Optional.of(submitted);
      next.spec = Optional.of(submitted.spec());
    } else if (event instanceof StudyWidened widened) {
      next.spec = Optional.of(widened.spec());
    } else if (event instanceof StudyBudgeted budgeted) {
      next.deviceHours = OptionalDouble.of(budgeted.deviceHours());
    } else if (event instanceof StudyExtended extended) {
      next.extension = OptionalLong.of(extended.steps());
      // What was its end is none any longer.
      next.rest = rest.filter(rested -> rested.outcome() != StudyOutcome.COMPLETED);
    } else if (event instanceof StudyStarted) {
      next.started = true;
      next.refused = Map.of();
    } else if (event instanceof RunAssigned assigned) {
      next.assignments = assignments.with(assigned);
    } else if (event instanceof RunRefused refusal) {
      Map<RunId, String> more = new LinkedHashMap<>(refused);
      more.put(refusal.run(), refusal.reason());
      next.refused = more;
    } else if (event instanceof StudyRested rested) {
      next.started = false;
      next.rest = Optional.of(rested);
    } else if (event instanceof StudyDeleted) {
      next.deleted = true;
    } else {
      throw new IllegalStateException("no rule for " + event);
    }
    return next.freeze();
  }

  private static final class Draft {
    private Optional<StudySubmitted> submission;
    private Optional<ExperimentSpec> spec;
    private Assignments assignments;
    private Map<RunId, String> refused;
    private OptionalDouble deviceHours;
    private OptionalLong extension;
    private boolean started;
    private Optional<StudyRested> rest;
    private boolean deleted;
    private final long sequence;

    Draft(StudyState state) {
      submission = state.submission;
      spec = state.spec;
      assignments = state.assignments;
      refused = state.refused;
      deviceHours = state.deviceHours;
      extension = state.extension;
      started = state.started;
      rest = state.rest;
      deleted = state.deleted;
      sequence = state.lastSequence + 1;
    }

    StudyState freeze() {
      return new StudyState(
          submission,
          spec,
          assignments,
          refused,
          deviceHours,
          extension,
          started,
          rest,
          deleted,
          sequence);
    }
  }
}
