package io.saltus.actors;

import io.saltus.actors.reexecution.MaskInput;
import io.saltus.actors.reexecution.RecordedHistory;
import io.saltus.actors.reexecution.Reexecution;
import io.saltus.actors.reexecution.StartingPoint;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.SessionLostException;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.runs.StepRange;
import io.saltus.persistence.runs.UnknownEventException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a session's thread does. Used by that thread alone, so it may wait for disks. */
final class SessionWork {

  private static final Logger LOG = LoggerFactory.getLogger(SessionWork.class);

  private final Assignment assignment;
  private final Consumer<SessionActor.Report> reports;
  private final HangWatch watch;
  private final TrainerTools tools;
  private @Nullable TrainingSession session;
  private @Nullable StartingPoint start;
  private @Nullable RecordedHistory history;
  private @Nullable Reexecution catchUp;
  private long openedAt;
  private boolean failed;

  /**
   * @param watch knows how long a chunk may take
   */
  SessionWork(
      Assignment assignment,
      Consumer<SessionActor.Report> reports,
      HangWatch watch,
      TrainerTools tools) {
    this.assignment = assignment;
    this.reports = reports;
    this.watch = watch;
    this.tools = tools;
  }

  /** Opens the session in the state from which the attempt goes on. */
  void open() {
    guarded(
        () -> {
          TrainingSession opened = MaskInput.open(assignment.program(), assignment.request());
          session = opened;
          RecordedHistory recorded = tools.histories().open(assignment.run());
          history = recorded;
          RunState state = recorded.state();
          int overlap = assignment.request().spec().resume().overlap();
          StartingPoint from = StartingPoint.forResume(state, tools.checkpoints().store(), overlap);
          start = from;
          from.restore(opened);
          SortedMap<Long, Double> best =
              BestStep.recorded(
                  assignment.request().spec().checkpoint().keepBest(),
                  state.checkpoints(),
                  () -> recorded.frames(StepRange.ALL));
          SortedMap<Integer, Instant> ends = recorded.ends();
          if (from.step() < state.step()) {
            catchUp = new Reexecution(opened, recorded, tools.checkpoints().store(), state.step());
          } else {
            closeHistory();
          }
          openedAt = tools.nanoTime().getAsLong();
          reports.accept(
              new SessionActor.Opened(
                  assignment.fence(),
                  opened.fingerprint(),
                  Timings.addTo(opened.catalogue()),
                  from.step(),
                  from.flaws(),
                  state.recorded().until(),
                  best,
                  ends));
        });
  }

  /** Executes recorded steps again and compares them. */
  void catchUp(SessionActor.CatchUp order) {
    guarded(
        () -> {
          Reexecution again = Objects.requireNonNull(catchUp);
          long begun = tools.nanoTime().getAsLong();
          long before = again.step();
          Reexecution.Part part = again.advance(order.steps());
          long nanos = tools.nanoTime().getAsLong() - begun;
          if (again.done()) {
            catchUp = null;
            closeHistory();
          }
          long fence = assignment.fence();
          reports.accept(
              part.difference()
                  .<SessionActor.Report>map(found -> new SessionActor.Differed(fence, found))
                  .orElseGet(
                      () ->
                          new SessionActor.Matched(
                              fence, order.number(), again.step(), again.step() - before, nanos)));
        });
  }

  /** Puts back the state with which the attempt began; what was recorded since is superseded. */
  void startOver() {
    guarded(
        () -> {
          StartingPoint from = Objects.requireNonNull(start);
          catchUp = null;
          closeHistory();
          TrainingSession opened = Objects.requireNonNull(session);
          if (from.checkpoint().isEmpty()) {
            opened.close();
            opened = MaskInput.open(assignment.program(), assignment.request());
            session = opened;
          }
          from.restore(opened);
          try (RecordedHistory rewound = tools.histories().open(assignment.run())) {
            reports.accept(
                new SessionActor.StartedOver(
                    assignment.fence(), rewound.state().recorded().until()));
          }
        });
  }

  void run(SessionActor.Compute compute) {
    guarded(
        () -> {
          long begun = tools.nanoTime().getAsLong();
          TrainingSession trained = Objects.requireNonNull(session);
          trained.limit(watch.chunkLimit());
          MetricFrame frame = trained.run(compute.chunk());
          long ended = tools.nanoTime().getAsLong();
          reports.accept(
              new SessionActor.Computed(
                  assignment.fence(),
                  compute.number(),
                  Timings.addTo(frame, ended - begun, ended - openedAt),
                  ended - begun));
        });
  }

  /** Copies the state. */
  void capture() {
    guarded(
        () -> {
          TrainingSession trained = Objects.requireNonNull(session);
          long begun = tools.nanoTime().getAsLong();
          List<TensorValue> state = trained.read(new HashSet<>(trained.variables()));
          reports.accept(
              new SessionActor.Captured(
                  assignment.fence(), trained.step(), state, tools.nanoTime().getAsLong() - begun));
        });
  }

  void close() {
    TrainingSession closing = session;
    session = null;
    failed = true;
    try {
      closeHistory();
      if (closing != null) {
        closing.close();
      }
    } catch (RuntimeException e) {
      LOG.warn("a training session could not be closed: {}", e.toString());
    }
  }

  private void closeHistory() {
    RecordedHistory closing = history;
    history = null;
    if (closing != null) {
      closing.close();
    }
  }

  private void guarded(Runnable work) {
    if (failed) {
      return;
    }
    try {
      work.run();
    } catch (SessionLostException e) {
      fail(e.end(), e.getMessage(), e);
    } catch (SessionException e) {
      fail(AttemptEnd.EXCEPTION, e.getMessage(), e);
    } catch (JournalDamagedException | UnknownEventException | HomeException e) {
      fail(AttemptEnd.JOURNAL_FAILED, "the journal cannot be read: " + e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      fail(AttemptEnd.HEAP_EXHAUSTED, "the heap was exhausted: " + e.getMessage(), e);
    } catch (Throwable e) {
      // Programs are other people's code: whatever they throw ends the attempt, not the actors.
      fail(AttemptEnd.EXCEPTION, "the session failed unexpectedly: " + e, e);
    }
  }

  private void fail(AttemptEnd cause, @Nullable String message, Throwable thrown) {
    failed = true;
    LOG.debug("a training session failed", thrown);
    String said = message == null ? thrown.toString() : message;
    reports.accept(new SessionActor.Failed(assignment.fence(), cause, said));
  }
}
