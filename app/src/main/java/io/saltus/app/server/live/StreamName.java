package io.saltus.app.server.live;

/**
 * The name of a stream of the journal in its parts.
 *
 * @param kind run, analysis, audit, probe, study or supervisor
 * @param id of the run or the study
 */
record StreamName(String kind, String id) {

  static final String RUN = "run";
  static final String ANALYSIS = "analysis";
  static final String STUDY = "study";
  static final String SUPERVISOR = "supervisor";

  static StreamName of(String persistenceId) {
    int bar = persistenceId.indexOf('|');
    return bar < 0
        ? new StreamName(persistenceId, "")
        : new StreamName(persistenceId.substring(0, bar), persistenceId.substring(bar + 1));
  }

  /** Whether it is about a run. */
  boolean isOfRun() {
    return !kind.equals(STUDY) && !kind.equals(SUPERVISOR) && !id.isEmpty();
  }
}
