package io.saltus.persistence.checkpoint;

import java.util.List;

/**
 * What lies in a directory of checkpoints, each list in the order of names.
 *
 * @param checkpoints by digest; whether they are good is not looked at
 * @param halfWritten temporaries that a crash left, or that are being written now
 * @param setAside checkpoints that were found bad
 * @param foreign what Saltus did not put there and never touches
 */
public record Inventory(
    List<StoredCheckpoint> checkpoints,
    List<StoredFile> halfWritten,
    List<StoredFile> setAside,
    List<StoredFile> foreign) {

  /** Copies the lists. */
  public Inventory {
    checkpoints = List.copyOf(checkpoints);
    halfWritten = List.copyOf(halfWritten);
    setAside = List.copyOf(setAside);
    foreign = List.copyOf(foreign);
  }
}
