package io.saltus.persistence.rocks;

/**
 * The store gave up: a write failed, and after a failed synchronisation nobody knows what is on
 * disk. Nothing is written any more by this store; what was acknowledged before is safe.
 */
public final class StoreFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoreFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
