package io.saltus.app.external;

import io.saltus.actors.RefusedException;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent.ImportOrigin;
import io.saltus.experiment.event.RunEvent.RunAnnotated;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.persistence.projection.AttemptState;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.runs.ImportedRunWriter;
import io.saltus.persistence.runs.KeptDigests;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.StateSnapshots;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The one writer of a run that another program computes. What a method was asked for is on disk
 * when it returns. Used by one thread at a time.
 */
final class OpenRun {

  /** So many events are folded at most by who reads the run. */
  private static final int SNAPSHOT_EVERY = 500;

  /** Each time that metrics are added an attempt begins, which every state of the run holds. */
  private static final int MOST_WIDENED = 200;

  /** The same, for whatever reason one begins. */
  private static final int MOST_ATTEMPTS = 1_000;

  private final RocksStore store;
  private final Clock clock;
  private final RunId run;
  private final ImportedRunWriter writer;
  private Catalogue metrics;
  private int attempts;
  private Optional<AttemptState.Ending> ending;
  private long kept;

  private OpenRun(RocksStore store, Clock clock, RunId run, RunState state) {
    this.store = store;
    this.clock = clock;
    this.run = run;
    this.writer = ImportedRunWriter.goOn(store, clock, state);
    this.metrics = state.catalogue().orElse(new Catalogue(List.of()));
    this.attempts = state.attempts().size();
    this.ending = state.latestAttempt().flatMap(AttemptState::end);
    this.kept = state.lastSequence();
  }

  /**
   * Takes a run up where the journal has it.
   *
   * @throws io.saltus.persistence.runs.RunNotFoundException when there is no such run
   * @throws RefusedException when nobody else computes it
   */
  static OpenRun of(RocksStore store, Clock clock, RunId run) {
    try (JournalReader journal = store.reader()) {
      RunState state = new RunReader(journal).state(run);
      if (state.imported().filter(from -> from.origin() == ImportOrigin.EXTERNAL).isEmpty()) {
        throw new RefusedException(
            "%s was not begun for another program: the run. POST /api/v1/external begins one."
                .formatted(run));
      }
      return new OpenRun(store, clock, run, state);
    }
  }

  /**
   * Records what is new of a frame. Metrics that were never seen begin another attempt, and so does
   * what follows an end.
   *
   * @throws RefusedException when it contradicts what is recorded; nothing of it is recorded then
   */
  Progress record(MetricFrame frame) {
    long last = writer.step();
    if (frame.from() <= last) {
      requireRecorded(frame.between(frame.from(), last));
    }
    return frame.until() <= last ? progress(0) : append(frame.between(last + 1, frame.until()));
  }

  private void requireRecorded(MetricFrame again) {
    try (JournalReader journal = store.reader()) {
      RecordedAlready.require(new RunReader(journal), run, again);
    }
  }

  private Progress append(MetricFrame frame) {
    Optional<Catalogue> wider = ExternalMetrics.with(metrics, frame);
    if (wider.isPresent() && attempts >= MOST_WIDENED) {
      throw new RefusedException(
          "%s has begun to record other metrics %d times: the frame. Tell all when the run begins."
              .formatted(run, MOST_WIDENED));
    }
    if (!writer.isOpen() && attempts >= MOST_ATTEMPTS) {
      throw new RefusedException(
          "%s has ended and gone on %d times: the frame. Begin another run."
              .formatted(run, MOST_ATTEMPTS));
    }
    if (wider.isPresent() || !writer.isOpen()) {
      start(wider.orElse(metrics));
    }
    writer.add(frame);
    writer.flush();
    if (writer.sequence() - kept >= SNAPSHOT_EVERY) {
      StateSnapshots.keep(store, run, clock.instant()).join();
      kept = writer.sequence();
    }
    return progress(frame.columns().stream().mapToLong(Column::size).sum());
  }

  private void start(Catalogue catalogue) {
    writer.start(catalogue);
    metrics = catalogue;
    attempts++;
    ending = Optional.empty();
  }

  /**
   * Ends the run.
   *
   * @param cause {@link AttemptEnd#COMPLETED} when it came to its end
   * @param message what went wrong; else empty
   * @throws RefusedException when it ended otherwise
   */
  Progress end(AttemptEnd cause, String message) {
    AttemptState.Ending wanted = new AttemptState.Ending(cause, message);
    if (ending.isPresent()) {
      if (!ending.get().equals(wanted)) {
        throw new RefusedException(
            "%s has ended already, %s: the run. Frames after its end let it go on."
                .formatted(run, ending.get().cause().text()));
      }
      return progress(0);
    }
    if (!writer.isOpen()) {
      start(metrics);
    }
    writer.end(cause, message);
    ending = Optional.of(wanted);
    if (writer.step() >= 0) {
      KeptDigests.keep(store, run, clock.instant()).join();
    }
    return progress(0);
  }

  /** Puts people's words on it. */
  Progress annotate(RunAnnotated words) {
    writer.annotate(words);
    writer.flush();
    return progress(0);
  }

  /** Deletes it; nothing may be done with this afterwards. */
  Progress delete() {
    writer.delete();
    writer.flush();
    return progress(0);
  }

  private Progress progress(long recorded) {
    return new Progress(writer.step(), writer.sequence(), recorded);
  }
}
