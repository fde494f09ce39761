package io.saltus.experiment.spec;

/** Where a training session lives. */
public enum Isolation {
  /** A process in studies and in the server, else a thread. */
  AUTO,
  /** In the JVM of the supervisor. */
  THREAD,
  /** In a child process. */
  PROCESS
}
