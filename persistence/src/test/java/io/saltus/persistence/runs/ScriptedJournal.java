package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.codec.RunEventSerializer;
import io.saltus.persistence.codec.RunStateCodec;
import io.saltus.persistence.codec.RunStateSerializer;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.read.StoredSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** A journal in memory, with room for bytes that no codec would write. */
public final class ScriptedJournal implements JournalReader {

  private static final UUID IDENTITY = new UUID(1, 2);

  private final List<StoredEvent> events = new ArrayList<>();
  private final Map<String, StoredSnapshot> snapshots = new HashMap<>();
  private long handedOut;

  /** How many events of single streams were read so far, each time that one was. */
  public long handedOut() {
    return handedOut;
  }

  /** Appends events to the stream of a run. */
  public ScriptedJournal append(RunId run, RunEvent... appended) {
    for (RunEvent event : appended) {
      append(run, EventCodec.ofRuns().manifest(event), EventCodec.ofRuns().encode(event));
    }
    return this;
  }

  ScriptedJournal append(RunId run, String manifest, byte[] bytes) {
    String stream = "run|" + run;
    long offset = events.size() + 1L;
    events.add(
        new StoredEvent(
            stream,
            highestSequence(stream) + 1,
            offset,
            Instant.ofEpochSecond(offset),
            "",
            "",
            List.of(),
            new SerializedValue(RunEventSerializer.ID, manifest, Bytes.wrap(bytes)),
            null));
    return this;
  }

  void snapshot(RunId run, RunState state) {
    snapshots.put(
        "run|" + run,
        new StoredSnapshot(
            "run|" + run,
            state.lastSequence(),
            Instant.EPOCH,
            new SerializedValue(
                RunStateSerializer.ID,
                RunStateCodec.MANIFEST,
                Bytes.wrap(RunStateCodec.encode(state))),
            null));
  }

  @Override
  public Optional<UUID> identity() {
    return Optional.of(IDENTITY);
  }

  @Override
  public Set<String> changedSince(long offset) {
    return events.stream()
        .filter(event -> event.offset() > offset)
        .map(StoredEvent::persistenceId)
        .collect(Collectors.toSet());
  }

  @Override
  public List<String> persistenceIds() {
    TreeSet<String> ids = new TreeSet<>();
    ids.add("supervisor|main");
    events.forEach(event -> ids.add(event.persistenceId()));
    return List.copyOf(ids);
  }

  @Override
  public long highestSequence(String persistenceId) {
    return events.stream().filter(event -> event.persistenceId().equals(persistenceId)).count();
  }

  @Override
  public long durableOffset() {
    return events.size();
  }

  @Override
  public Iterator<StoredEvent> events(String persistenceId, long from, long until) {
    return List.copyOf(events).stream()
        .filter(event -> event.persistenceId().equals(persistenceId))
        .filter(event -> event.sequence() >= from && event.sequence() <= until)
        .peek(event -> handedOut++)
        .iterator();
  }

  @Override
  public Iterator<StoredEvent> byOffset(long fromOffset) {
    return List.copyOf(events).stream().filter(event -> event.offset() >= fromOffset).iterator();
  }

  @Override
  public Optional<StoredSnapshot> latestSnapshot(String persistenceId) {
    return Optional.ofNullable(snapshots.get(persistenceId));
  }

  @Override
  public boolean refresh() {
    return true;
  }

  @Override
  public void close() {}
}
