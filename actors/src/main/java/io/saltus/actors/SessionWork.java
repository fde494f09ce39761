package io.saltus.actors;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.TrainingSession;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a session's thread does. Used by that thread alone. */
final class SessionWork {

  private static final Logger LOG = LoggerFactory.getLogger(SessionWork.class);

  private final Assignment assignment;
  private final Consumer<SessionActor.Report> reports;
  private final LongSupplier nanoTime;
  private @Nullable TrainingSession session;
  private long openedAt;
  private boolean failed;

  SessionWork(Assignment assignment, Consumer<SessionActor.Report> reports, LongSupplier nanoTime) {
    this.assignment = assignment;
    this.reports = reports;
    this.nanoTime = nanoTime;
  }

  void open() {
    guarded(
        () -> {
          TrainingSession opened = assignment.program().open(assignment.request());
          session = opened;
          Catalogue catalogue = Timings.addTo(opened.catalogue());
          openedAt = nanoTime.getAsLong();
          reports.accept(
              new SessionActor.Opened(assignment.fence(), opened.fingerprint(), catalogue));
        });
  }

  void run(SessionActor.Compute compute) {
    if (failed) {
      return;
    }
    guarded(
        () -> {
          long begun = nanoTime.getAsLong();
          MetricFrame frame = Objects.requireNonNull(session).run(compute.chunk());
          long ended = nanoTime.getAsLong();
          reports.accept(
              new SessionActor.Computed(
                  assignment.fence(),
                  compute.number(),
                  Timings.addTo(frame, ended - begun, ended - openedAt),
                  ended - begun));
        });
  }

  void close() {
    TrainingSession closing = session;
    session = null;
    failed = true;
    if (closing != null) {
      try {
        closing.close();
      } catch (RuntimeException e) {
        LOG.warn("a training session could not be closed: {}", e.toString());
      }
    }
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (SessionException e) {
      fail(AttemptEnd.EXCEPTION, e.getMessage(), e);
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
