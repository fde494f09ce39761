package io.saltus.persistence.worker;

import java.io.IOException;

/** Bytes on a pipe that are not what a Saltus of this version says; the message names the flaw. */
public final class WireException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public WireException(String message) {
    super(message);
  }
}
