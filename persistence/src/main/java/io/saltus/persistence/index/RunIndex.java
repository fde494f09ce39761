package io.saltus.persistence.index;

import io.saltus.experiment.RunId;
import java.util.List;
import java.util.UUID;

/**
 * All runs of a journal as they stood at one of its offsets.
 *
 * @param journal the identity of the journal
 * @param offset the last event that is in it, at least 1
 * @param proof a checksum of that event: a copy of the journal that went another way has another
 * @param runs in the order of their submission, deleted ones included
 * @param unread runs that could not be read then
 */
public record RunIndex(
    UUID journal, long offset, int proof, List<RunSummary> runs, List<RunId> unread) {

  /** Copies the lists. */
  public RunIndex {
    runs = List.copyOf(runs);
    unread = List.copyOf(unread);
  }
}
