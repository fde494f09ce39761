package io.saltus.persistence.checkpoint;

import io.saltus.experiment.Sha256;
import org.jspecify.annotations.Nullable;

/** A checkpoint that cannot be used. The message names it and says why in words. */
public final class CheckpointException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Sha256 sha256;
  private final String flaw;

  CheckpointException(Sha256 sha256, String flaw, @Nullable Throwable cause) {
    super("checkpoint " + sha256 + ": " + flaw, cause);
    this.sha256 = sha256;
    this.flaw = flaw;
  }

  /** Which checkpoint. */
  public Sha256 sha256() {
    return sha256;
  }

  /** What is wrong with it, in a few words, as {@link CheckpointStore#flaw} says it. */
  public String flaw() {
    return flaw;
  }
}
