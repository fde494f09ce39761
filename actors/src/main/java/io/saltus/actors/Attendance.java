package io.saltus.actors;

/** Whether somebody watches a run. */
public enum Attendance {
  /** Somebody started it and waits: what it computes wrongly is said at once. */
  ATTENDED,
  /** It is one of many: failures of the computation are tried again, too, until they are proved. */
  UNATTENDED
}
