package io.saltus.app.server.live;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.codec.RunEventSerializer;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.runs.BesideStream;
import io.saltus.persistence.runs.RecordedEvent;
import io.saltus.persistence.runs.RunEntry;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.StoredEvents;
import io.saltus.persistence.runs.UnknownEventException;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of a home as they stand: read once, then kept up to date by the one who follows the
 * journal. Any thread may look.
 */
public final class LiveRuns {

  private static final Logger LOG = LoggerFactory.getLogger(LiveRuns.class);
  private static final EventCodec<RunEvent> CODEC = EventCodec.ofRuns();
  private static final Comparator<LiveRun> BY_SUBMISSION =
      Comparator.comparingLong(LiveRun::offset);

  private final Map<RunId, LiveRun> runs = new ConcurrentHashMap<>();
  private final Map<RunId, Long> deleted = new ConcurrentHashMap<>();

  /** All in the order of their submission. */
  public List<LiveRun> all() {
    return runs.values().stream().sorted(BY_SUBMISSION).toList();
  }

  /** How many there are. */
  public int size() {
    return runs.size();
  }

  /** One of them. */
  public Optional<LiveRun> find(RunId run) {
    return Optional.ofNullable(runs.get(run));
  }

  /** Whether a run was deleted while this process has been looking. */
  boolean wasDeleted(RunId run) {
    return deleted.containsKey(run);
  }

  /** Those that were deleted after an event. */
  List<RunId> deletedSince(long offset) {
    return deleted.entrySet().stream()
        .filter(each -> each.getValue() > offset)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Reads all there is. */
  void load(JournalReader journal, RunReader reader) {
    for (RunEntry entry : reader.list().runs()) {
      load(journal, entry);
    }
  }

  private void load(JournalReader journal, RunEntry entry) {
    Iterator<StoredEvent> last =
        journal.events(
            "run|" + entry.run(), entry.state().lastSequence(), entry.state().lastSequence());
    LiveRun run =
        new LiveRun(
            entry.state(),
            entry.submitted(),
            entry.offset(),
            entry.offset(),
            entry.submitted(),
            journal.highestSequence(BesideStream.ANALYSIS.persistenceId(entry.run())));
    if (last.hasNext()) {
      StoredEvent event = last.next();
      run = run.with(entry.state(), event.offset(), event.time());
    }
    runs.put(entry.run(), run);
  }

  /**
   * Takes one more event of a run's own stream.
   *
   * @param reader of a journal that has at least this event
   */
  void apply(RunId id, StoredEvent stored, RunReader reader) {
    LiveRun before = runs.get(id);
    try {
      RunEvent event = StoredEvents.decode("run " + id, stored, RunEventSerializer.ID, CODEC);
      if (event instanceof RunEvent.RunDeleted) {
        runs.remove(id);
        deleted.put(id, stored.offset());
        return;
      }
      RunState state = before == null ? RunState.empty() : before.state();
      if (stored.sequence() > state.lastSequence()) {
        state =
            next(
                id,
                state,
                new RecordedEvent(id, stored.sequence(), 0, stored.time(), event),
                reader);
      }
      LiveRun run =
          before == null
              ? new LiveRun(
                  state, stored.time(), stored.offset(), stored.offset(), stored.time(), 0)
              : before.with(state, stored.offset(), stored.time());
      if (state.submission().isPresent() && !state.deleted()) {
        runs.put(id, run);
      }
    } catch (JournalDamagedException | UnknownEventException e) {
      LOG.warn("{}", e.getMessage());
    }
  }

  /** Where history was rewound, or begins with that of another run, only its events tell. */
  private static RunState next(RunId id, RunState state, RecordedEvent event, RunReader reader) {
    RunState next = state.apply(event.event(), event.sequence());
    return next.recorded().stale() ? reader.state(id) : next;
  }

  /** Takes note of one more event beside a run. */
  void beside(RunId id, StoredEvent stored) {
    runs.computeIfPresent(
        id, (run, known) -> known.analysed(stored.sequence(), stored.offset(), stored.time()));
  }
}
