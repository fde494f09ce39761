package io.saltus.experiment.event;

/** Why an attempt ended. */
public enum AttemptEnd {
  /** The run is complete. */
  COMPLETED("completed"),
  /** Somebody paused the run, or a signal did. */
  PAUSED("paused"),
  /** Somebody cancelled the run. */
  CANCELLED("cancelled"),
  /** A deterministic metric was NaN or infinite. */
  NON_FINITE("non-finite"),
  /** The session threw an exception. */
  EXCEPTION("exception"),
  /** A re-execution differed from the journal. */
  DIVERGED("diverged"),
  /** Native code aborted the process. */
  NATIVE_ABORT("native-abort"),
  /** The system's out-of-memory killer ended the process. */
  OUT_OF_MEMORY("out-of-memory"),
  /** The heap was exhausted. */
  HEAP_EXHAUSTED("heap-exhausted"),
  /** The process was killed and nothing says by whom. */
  KILLED("killed"),
  /** A chunk took far too long. */
  HUNG("hung"),
  /** No room on the disk. */
  DISK_FULL("disk-full"),
  /** The device was lost. */
  DEVICE_LOST("device-lost"),
  /** The journal could not be written. */
  JOURNAL_FAILED("journal-failed"),
  /** The attempt was open when its process was gone. */
  INTERRUPTED("interrupted"),
  /** The run gave its devices to a more urgent one, and goes on by itself later. */
  PREEMPTED("preempted");

  private final String text;

  AttemptEnd(String text) {
    this.text = text;
  }

  /** As shown to people and in JSON. */
  public String text() {
    return text;
  }
}
