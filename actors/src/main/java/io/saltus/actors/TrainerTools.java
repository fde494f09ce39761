package io.saltus.actors;

import io.saltus.actors.monitor.Monitors;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * What trainers work with, from outside.
 *
 * @param restarts decides whether an attempt that ended badly is followed by another
 * @param threads of the sessions
 * @param histories what the journal holds
 * @param checkpoints the files of saved states
 * @param monitors beside the trainers
 * @param clock tells when attempts end
 * @param nanoTime a monotonic clock
 * @param stuck done when a session hangs in this process, that is journalled, and its thread does
 *     not come back: ends the process
 */
record TrainerTools(
    SupervisionSettings settings,
    RestartPolicy restarts,
    SessionThreads threads,
    Histories histories,
    Checkpoints checkpoints,
    Monitors monitors,
    Clock clock,
    LongSupplier nanoTime,
    Runnable stuck) {

  /**
   * Where Pekko logs, with its trace, that an actor was stopped by a failure. A name of its own,
   * because the failure itself is told to whoever waits for the run, in one line.
   */
  static final String FAULTS = "io.saltus.faults";

  /** The same for a run that is watched so. */
  TrainerTools of(Attendance attendance) {
    return attendance == Attendance.ATTENDED || restarts.ofComputation()
        ? this
        : new TrainerTools(
            settings,
            restarts.unattended(),
            threads,
            histories,
            checkpoints,
            monitors,
            clock,
            nanoTime,
            stuck);
  }
}
