package io.saltus.persistence.rocks;

/**
 * The store gave up: a write failed, and after a failed synchronisation nobody knows what is on
 * disk. Nothing is written any more by this store; what was acknowledged before is safe.
 */
public final class StoreFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean fullDisk;

  StoreFailedException(String message, boolean fullDisk, Throwable cause) {
    super(message, cause);
    this.fullDisk = fullDisk;
  }

  /**
   * Whether nothing but room was missing. Then what was written before is on disk as it was, and
   * the journal can be opened again as soon as there is some. Not so after a synchronisation that
   * failed, for lack of room or of anything else: what this machine reads need not be on its disk.
   */
  public boolean isFullDisk() {
    return fullDisk;
  }
}
