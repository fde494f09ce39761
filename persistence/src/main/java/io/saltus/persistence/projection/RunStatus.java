package io.saltus.persistence.projection;

import java.util.Locale;

/**
 * Where a run is in its life, as far as its events say. Whether a {@link #RUNNING} one is in truth
 * interrupted (an attempt is open, and no process holds its home) only a reader of the lock can
 * say.
 */
public enum RunStatus {
  /** Submitted or asked to go on; it waits for its turn. */
  QUEUED,
  /** An attempt is open. */
  RUNNING,
  /** It rests and can go on. */
  PAUSED,
  /** It reached its end. */
  COMPLETED,
  /** It ended without reaching its end. */
  FAILED,
  /** Somebody ended it for good. */
  CANCELLED,
  /** It was computed elsewhere and brought in. */
  IMPORTED;

  /** As shown to people and in JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing more will happen unless somebody asks for it. */
  public boolean isSettled() {
    return this != QUEUED && this != RUNNING;
  }
}
