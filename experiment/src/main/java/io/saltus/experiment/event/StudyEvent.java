package io.saltus.experiment.event;

import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.spec.ExperimentSpec;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was decided about a study. How its runs came out stands in the streams of the runs and
 * nowhere else.
 */
public sealed interface StudyEvent {

  /**
   * A study is to be done: always the first event.
   *
   * @param spec has a study
   */
  record StudySubmitted(StudyId study, ExperimentSpec spec, CodeProvenance code)
      implements StudyEvent {
    /** Refuses a spec without axes. */
    public StudySubmitted {
      requireStudy(spec);
    }
  }

  /**
   * There are more seeds or more values of axes than before.
   *
   * @param spec with all of them
   */
  record StudyWidened(ExperimentSpec spec) implements StudyEvent {
    /** Refuses a spec without axes. */
    public StudyWidened {
      requireStudy(spec);
    }
  }

  /**
   * The study may use devices for so long, counted from its beginning.
   *
   * @param deviceHours above 0, finite
   */
  record StudyBudgeted(double deviceHours) implements StudyEvent {
    /** Refuses what is no time. */
    public StudyBudgeted {
      if (!Double.isFinite(deviceHours) || deviceHours <= 0) {
        throw new IllegalArgumentException("a budget of " + deviceHours + " device-hours");
      }
    }
  }

  /**
   * Its own runs go on to a later last step when they are complete; what they are begun with stays
   * as it is.
   *
   * @param steps the last step, not how many more; at least 1, and beyond all before
   */
  record StudyExtended(long steps) implements StudyEvent {
    /** Refuses what is no later step. */
    public StudyExtended {
      if (steps < 1) {
        throw new IllegalArgumentException("a last step of " + steps);
      }
    }
  }

  /** A process works on the study from now on. */
  record StudyStarted() implements StudyEvent {}

  /**
   * A place of the plan has its run from now on; a later one of the same place takes its stead.
   *
   * @param axes the values of the axes that apply there, canonical
   * @param seed of the run
   * @param run which need not be there yet
   * @param reused whether it is a run of somebody else that computes the same
   */
  record RunAssigned(SortedMap<String, String> axes, long seed, RunId run, boolean reused)
      implements StudyEvent {
    /** Copies the values. */
    public RunAssigned {
      axes = Collections.unmodifiableSortedMap(new TreeMap<>(axes));
    }
  }

  /** A run could not even be begun. */
  record RunRefused(RunId run, String reason) implements StudyEvent {}

  /**
   * Nobody works on the study any longer.
   *
   * @param reason for people; may be empty
   * @param obstacle what keeps it from going on just so; empty when it is at its end, or when
   *     people let it rest
   */
  record StudyRested(StudyOutcome outcome, String reason, Optional<StudyObstacle> obstacle)
      implements StudyEvent {

    /** Nothing keeps it from going on. */
    public StudyRested(StudyOutcome outcome, String reason) {
      this(outcome, reason, Optional.empty());
    }
  }

  /** The study is gone for people; the runs that were its own, too. */
  record StudyDeleted() implements StudyEvent {}

  /** What keeps a study from going on. */
  enum StudyObstacle {
    /** Its device-hours are spent. */
    BUDGET,
    /** How its runs stand cannot be read. */
    UNREADABLE
  }

  /** How a study came to rest. */
  enum StudyOutcome {
    /** Every run of the plan has come to its end, well or badly. */
    COMPLETED,
    /** It can go on. */
    PAUSED,
    /** It was ended for good. */
    CANCELLED
  }

  private static void requireStudy(ExperimentSpec spec) {
    if (spec.study().isEmpty()) {
      throw new IllegalArgumentException(spec.experiment() + " is not a study");
    }
  }
}
