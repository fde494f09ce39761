package io.saltus.experiment.jump;

/** Whether a change is sharp: half a decade wide at most, and much steeper than beside it. */
public enum Sharp {
  YES,
  NO,
  /** The interval of the width contains half a decade. */
  UNCERTAIN
}
