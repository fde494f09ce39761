package io.saltus.actors.worker;

import io.saltus.experiment.event.AttemptEnd;

/**
 * What the end of a worker that nobody asked to end means.
 *
 * @param cause of the attempt's end
 * @param message for the user, without paths
 */
record WorkerEnd(AttemptEnd cause, String message) {

  private static final int SIGNALLED = 128;
  private static final int ABORT = 6;
  private static final int BUS = 7;
  private static final int KILL = 9;
  private static final int SEGV = 11;
  // Without core files a JVM that crashes exits with 1, after it has said so.
  private static final int CRASHED = 1;
  private static final String CRASH_REPORT =
      "# A fatal error has been detected by the Java Runtime Environment";
  private static final int HEAP = 3; // -XX:+ExitOnOutOfMemoryError

  /**
   * @param status as a shell says it: 128 and the signal's number when one ended the process
   * @param errors what it wrote last to standard error
   * @param outOfMemoryKills how often the system's out-of-memory killer has struck since the worker
   *     began, as far as that can be known
   */
  static WorkerEnd of(int status, String errors, long outOfMemoryKills) {
    if (status == CRASHED && errors.contains(CRASH_REPORT)) {
      return new WorkerEnd(
          AttemptEnd.NATIVE_ABORT, "native code crashed the worker's Java virtual machine.");
    }
    return switch (status) {
      case HEAP ->
          new WorkerEnd(
              AttemptEnd.HEAP_EXHAUSTED,
              "the worker's heap was exhausted. Give it more, or make the run smaller.");
      case SIGNALLED + ABORT, SIGNALLED + SEGV, SIGNALLED + BUS ->
          new WorkerEnd(
              AttemptEnd.NATIVE_ABORT,
              "native code ended the worker by signal " + (status - SIGNALLED) + ".");
      case SIGNALLED + KILL ->
          outOfMemoryKills > 0
              ? new WorkerEnd(
                  AttemptEnd.OUT_OF_MEMORY,
                  "the system ran out of memory and killed the worker. Make the run smaller.")
              : new WorkerEnd(AttemptEnd.KILLED, "the worker was killed: cause unknown.");
      default ->
          status > SIGNALLED
              ? new WorkerEnd(
                  AttemptEnd.KILLED,
                  "the worker was ended by signal " + (status - SIGNALLED) + ": cause unknown.")
              : new WorkerEnd(
                  AttemptEnd.EXCEPTION, "the worker ended by itself with status " + status + ".");
    };
  }
}
