package io.saltus.experiment.jump;

import java.util.Locale;

/** What a jump is, as several metrics together say. */
public enum JumpKind {
  MEMORISATION,
  GROKKING,
  JOINT_LEARNING,
  DOUBLE_DESCENT,
  LOSS_SPIKE,
  COLLAPSE,
  PLATEAU_ESCAPE,
  METRIC_ARTEFACT,
  CHANGE_BY_US,
  UNCLASSIFIED;

  /** The name outside, such as {@code joint-learning}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
