package io.saltus.app.problem;

/** How the process ends. */
public enum ExitCode {
  /** All is well. */
  FINE(0),
  /** The thing asked for failed. */
  FAILED(1),
  /** What the user typed or gave is wrong. */
  WRONG_INPUT(2),
  /** A divergence or a failed assertion. */
  DIVERGED(3),
  /** Ended by ctrl-C or a signal; the run is paused. */
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number the shell sees. */
  public int code() {
    return code;
  }
}
