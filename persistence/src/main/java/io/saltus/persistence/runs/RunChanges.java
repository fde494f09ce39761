package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.read.JournalReader;
import java.util.List;
import java.util.function.BiConsumer;

/** Reads the runs that have changed since somebody last looked. */
public final class RunChanges {

  private RunChanges() {}

  /**
   * Hands out the states of runs with events after an offset, deleted ones included.
   *
   * @param journal stays the caller's to close
   * @param offset 0: all runs
   * @param unreadable told runs that cannot be read, and what is wrong with them
   * @return the offset to go on with the next time
   */
  public static long read(
      JournalReader journal,
      long offset,
      BiConsumer<RunId, RunState> changed,
      BiConsumer<RunId, RuntimeException> unreadable) {
    long end = journal.durableOffset();
    RunReader runs = new RunReader(journal);
    for (RunId run : since(journal, offset)) {
      try {
        runs.catalogue().entry(run).ifPresent(entry -> changed.accept(run, entry.state()));
      } catch (JournalDamagedException | UnknownEventException e) {
        unreadable.accept(run, e);
      }
    }
    return end;
  }

  private static List<RunId> since(JournalReader journal, long offset) {
    return (offset == 0 ? journal.persistenceIds() : journal.changedSince(offset))
        .stream().flatMap(stream -> RunEventSource.run(stream).stream()).toList();
  }
}
