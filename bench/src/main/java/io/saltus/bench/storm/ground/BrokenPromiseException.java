package io.saltus.bench.storm.ground;

/** A round that did not hold. */
public final class BrokenPromiseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says which promise was broken. */
  public BrokenPromiseException(String message) {
    super(message);
  }
}
