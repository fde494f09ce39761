package io.saltus.bench.scale;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.projection.SupervisorState;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.runs.RecordedEvent;
import io.saltus.persistence.runs.RunReader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * What a journal holds after its writer was killed.
 *
 * @param frames of all runs, each read and compared with what its session computed
 * @param lost events that were acknowledged and are not there
 * @param wrong frames that are not there, are there twice, or hold something else or more than one
 *     step
 * @param waiting runs that wait in the supervisor's state
 * @param interrupted runs there that were at work when the process died
 * @param leases that are open
 */
public record Aftermath(
    long frames, long lost, long wrong, int waiting, int interrupted, int leases) {

  private static final String SUPERVISOR = "supervisor|main";
  private static final EventCodec<SupervisorEvent> CODEC = EventCodec.ofSupervisor();

  /** Reads all of a journal at rest. */
  static Aftermath read(Path root, Acknowledged acknowledged, int trainers, int queued) {
    try (JournalReader journal = RocksReaders.open(Home.at(root).journal())) {
      RunReader runs = new RunReader(journal);
      long frames = 0;
      long lost = 0;
      long wrong = 0;
      for (int number = 0; number < trainers + queued; number++) {
        Frames found = Frames.of(runs, Homestead.run(number), number);
        frames += found.right;
        wrong += found.wrong;
        lost += Math.max(0, acknowledged.last(number) - found.last);
      }
      SupervisorState state = supervisor(journal);
      return new Aftermath(
          frames,
          lost,
          wrong,
          Collections.frequency(state.unsettled().values(), SupervisorState.Standing.QUEUED),
          Collections.frequency(state.unsettled().values(), SupervisorState.Standing.INTERRUPTED),
          state.leases().size());
    }
  }

  private static SupervisorState supervisor(JournalReader journal) {
    SupervisorState state = SupervisorState.empty();
    Iterator<StoredEvent> events = journal.events(SUPERVISOR, 1, Long.MAX_VALUE);
    while (events.hasNext()) {
      StoredEvent event = events.next();
      state = state.apply(CODEC.decode(event.manifest(), event.bytes().asByteBuffer()));
    }
    return state;
  }

  /** The frames of one run: each covers the step after the one before, and no other. */
  private static final class Frames {

    private final long seed;
    private long next;
    private long right;
    private long wrong;
    private long last;

    private Frames(long seed) {
      this.seed = seed;
    }

    static Frames of(RunReader runs, RunId run, long seed) {
      Frames frames = new Frames(seed);
      Iterator<RecordedEvent> events = runs.events(run, 1, Long.MAX_VALUE);
      while (events.hasNext()) {
        RecordedEvent event = events.next();
        frames.last = event.sequence();
        if (event.event() instanceof RunEvent.MetricsRecorded recorded) {
          frames.take(recorded.frame());
        }
      }
      return frames;
    }

    private void take(MetricFrame frame) {
      if (frame.from() == next && frame.until() == next && holds(frame)) {
        right++;
      } else {
        wrong++;
      }
      next = frame.until() + 1;
    }

    private boolean holds(MetricFrame frame) {
      List<ScalarColumn> losses =
          frame.column(PacedSession.LOSS).stream()
              .map(ScalarColumn.class::cast)
              .filter(column -> column.size() > 0)
              .toList();
      if (frame.from() == 0) {
        return losses.isEmpty();
      }
      return losses.size() == 1
          && losses.get(0).size() == 1
          && losses.get(0).asDouble(0) == PacedSession.lossOf(seed, frame.from());
    }
  }
}
