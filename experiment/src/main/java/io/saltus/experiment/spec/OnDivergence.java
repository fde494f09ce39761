package io.saltus.experiment.spec;

/** What happens when a re-execution differs from the journal. */
public enum OnDivergence {
  /** The run fails and its history stays as it is. */
  FAIL,
  /** History is rewound to the checkpoint and the run goes on, never again called exact. */
  CONTINUE_FLAGGED
}
