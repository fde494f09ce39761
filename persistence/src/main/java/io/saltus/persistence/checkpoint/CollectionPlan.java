package io.saltus.persistence.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What a collection would delete.
 *
 * @param unreferenced checkpoints that no run refers to
 * @param halfWritten what crashes left
 * @param setAside checkpoints that were found bad
 * @param unreadable what is wrong with runs that cannot be read: while there is one, nothing may be
 *     deleted, and the lists before say only what no readable run refers to
 */
public record CollectionPlan(
    List<StoredCheckpoint> unreferenced,
    List<StoredFile> halfWritten,
    List<StoredFile> setAside,
    List<String> unreadable) {

  /** Copies the lists. */
  public CollectionPlan {
    unreferenced = List.copyOf(unreferenced);
    halfWritten = List.copyOf(halfWritten);
    setAside = List.copyOf(setAside);
    unreadable = List.copyOf(unreadable);
  }

  /** How many files would go. */
  public int files() {
    return unreferenced.size() + halfWritten.size() + setAside.size();
  }

  /** How many bytes would become free. */
  public long bytes() {
    return LongStream.of(
            unreferenced.stream().mapToLong(StoredCheckpoint::bytes).sum(),
            halfWritten.stream().mapToLong(StoredFile::bytes).sum(),
            setAside.stream().mapToLong(StoredFile::bytes).sum())
        .sum();
  }

  /** Why nothing may be deleted, in words; empty when everything planned may. */
  public Optional<String> obstacle() {
    return obstacle(unreadable);
  }

  static Optional<String> obstacle(List<String> unreadable) {
    return unreadable.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "nothing may be deleted while a run cannot be read, since it may refer to any checkpoint: "
                + String.join("; ", unreadable));
  }
}
