package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.RunEvent.CheckpointSaved;
import io.saltus.persistence.read.StoredEvent;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds what states of a run were ever saved; other events are passed over undecoded. */
final class SavedStates {

  private static final String MANIFEST = CheckpointSaved.class.getSimpleName();

  private SavedStates() {}

  static SortedMap<Long, Sha256> read(
      RunId run, Iterator<StoredEvent> events, Rewinds rewinds, StepRange range) {
    SortedMap<Long, Sha256> digests = new TreeMap<>();
    while (events.hasNext()) {
      StoredEvent event = events.next();
      if (event.manifest().equals(MANIFEST)) {
        CheckpointSaved saved = (CheckpointSaved) RunEventSource.decode(run, event).event();
        StepRange current = range.butNotBeyond(rewinds.limit(event.sequence()));
        if (saved.step() >= current.from() && saved.step() <= current.until()) {
          digests.put(saved.step(), saved.sha256());
        }
      }
    }
    return digests;
  }
}
