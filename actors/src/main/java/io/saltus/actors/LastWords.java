package io.saltus.actors;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.LeaseGranted;
import io.saltus.experiment.event.SupervisorEvent.LeaseReleased;
import io.saltus.persistence.codec.CodecException;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.codec.RunEventSerializer;
import io.saltus.persistence.home.Ballast;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.rocks.NewEvent;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreFailedException;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.UnknownEventException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process writes when a full disk has ended its journal, and after all its actors and its
 * store: it gives up the home's {@link Ballast}, opens the journal again and lets the runs rest
 * that were at work. Nothing that was acknowledged is touched; what was on its way is there or not,
 * as after a crash.
 */
public final class LastWords {

  static final String REASON =
      "no space left on the disk, so the journal could not be written. Free some and resume.";

  private static final Logger LOG = LoggerFactory.getLogger(LastWords.class);
  private static final String SUPERVISOR = Supervisor.ID.id();
  private static final EventCodec<RunEvent> RUNS = EventCodec.ofRuns();
  private static final EventCodec<SupervisorEvent> SUPERVISORS = EventCodec.ofSupervisor();

  private final Home home;
  private final RocksStore store;
  private final Clock clock;
  private final long decisions;

  private LastWords(Home home, RocksStore store, Clock clock, long decisions) {
    this.home = home;
    this.store = store;
    this.clock = clock;
    this.decisions = decisions;
  }

  /**
   * Notes what was decided before this process.
   *
   * @param home held by this process until after {@link #write}
   * @param store its journal, open and not written yet
   */
  public static LastWords prepare(Home home, RocksStore store, Clock clock) {
    try (JournalReader journal = store.reader()) {
      return new LastWords(home, store, clock, journal.highestSequence(SUPERVISOR));
    }
  }

  /**
   * Writes them, if the store failed of a full disk and nothing else. Where even that cannot be
   * done, the attempts stay open, as after a crash.
   *
   * @return the runs that rest now; the store must be closed
   */
  public List<RunId> write() {
    if (store.failure().filter(StoreFailedException::isFullDisk).isEmpty()) {
      return List.of();
    }
    try {
      Ballast.of(home).drop();
      try (RocksStore again = RocksStore.openSparing(home.journal(), clock)) {
        return rest(again);
      }
    } catch (IOException | HomeException e) {
      return unwritten(e);
    } catch (CompletionException | JournalDamagedException | UnknownEventException e) {
      return unwritten(e);
    }
  }

  private static List<RunId> unwritten(Exception e) {
    LOG.warn("the runs at work could not be paused in the journal: {}", e.toString());
    return List.of();
  }

  private List<RunId> rest(RocksStore again) {
    List<RunId> resting = new ArrayList<>();
    try (JournalReader journal = again.reader()) {
      RunReader runs = new RunReader(journal);
      for (RunId run : atWork(journal)) {
        RunState state = runs.state(run);
        if (state.status() == RunStatus.RUNNING) {
          again.append(Histories.stream(run).id(), pause(state)).join();
          resting.add(run);
        }
      }
    }
    return resting;
  }

  /** The runs that got a device from this process and have not given it back. */
  private List<RunId> atWork(JournalReader journal) {
    SortedMap<Long, RunId> leases = new TreeMap<>();
    Iterator<StoredEvent> events = journal.events(SUPERVISOR, decisions + 1, Long.MAX_VALUE);
    while (events.hasNext()) {
      SupervisorEvent event = decode(events.next());
      if (event instanceof LeaseGranted granted) {
        leases.put(granted.fence(), granted.run());
      } else if (event instanceof LeaseReleased released) {
        leases.remove(released.fence());
      }
    }
    return List.copyOf(leases.values());
  }

  private static SupervisorEvent decode(StoredEvent stored) {
    try {
      return SUPERVISORS.decode(stored.manifest(), stored.bytes().toArray());
    } catch (CodecException e) {
      throw new JournalDamagedException(
          stored.persistenceId(), stored.sequence(), String.valueOf(e.getMessage()));
    }
  }

  private List<NewEvent> pause(RunState state) {
    List<NewEvent> events = new ArrayList<>();
    for (RunEvent event :
        TrainerEvents.leaves(List.of(), state, new Attempt.Leave(AttemptEnd.DISK_FULL, REASON))) {
      events.add(
          NewEvent.of(
              state.lastSequence() + events.size() + 1,
              clock.instant(),
              new SerializedValue(
                  RunEventSerializer.ID, RUNS.manifest(event), Bytes.wrap(RUNS.encode(event)))));
    }
    return events;
  }
}
