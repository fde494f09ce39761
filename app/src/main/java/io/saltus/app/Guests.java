package io.saltus.app;

import io.saltus.actors.Attendance;
import io.saltus.actors.RefusedException;
import io.saltus.actors.RunHandle;
import io.saltus.actors.RunListener;
import io.saltus.actors.Settlement;
import io.saltus.actors.study.StudyEnd;
import io.saltus.app.control.RunOrderMessage;
import io.saltus.app.control.StudyOrderMessage;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.spec.ExperimentSpec;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs and studies that other processes left to this one, which holds the home. A process takes
 * them once it has said who hears of them, and until it waits for the last of them; they have a
 * process of their own each, like the runs of studies, because nobody watches them here.
 */
public final class Guests implements AutoCloseable {

  /** Who hears of what was left here. */
  public interface Host extends Studies.Audience {

    /**
     * Who hears the events of a run that belongs to no study.
     *
     * @param steps its last one at most
     */
    RunListener alone(RunId run, long steps);

    /** A run that was announced by {@link #alone} was not begun after all. */
    void notBegun(RunId run);
  }

  private final RunStarts starts;
  private final Studies studies;
  private final RunConclusion conclusion;
  private final Tools tools;
  private final Set<String> inHand = new HashSet<>();
  private final ExecutorService finishing =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "saltus-guests");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable Host host;

  Guests(RunStarts starts, Studies studies, RunConclusion conclusion, Tools tools) {
    this.starts = starts;
    this.studies = studies;
    this.conclusion = conclusion;
    this.tools = tools;
  }

  /** Takes what others leave here, from now on. */
  public synchronized void welcome(Host hearing) {
    host = hearing;
  }

  /** Takes nothing any more; what is in hand goes on. */
  public synchronized void takeNoMore() {
    host = null;
  }

  /** Waits until all of it rests, and takes nothing any more. */
  public synchronized void finish() throws InterruptedException {
    while (!inHand.isEmpty()) {
      wait();
    }
    host = null;
  }

  /** How many runs and studies of others are in hand. */
  public synchronized int count() {
    return inHand.size();
  }

  /**
   * Whether a run or study of this name is in the hands of this process: it was left here and all
   * of it is not done yet, or this process was at work on it anyway.
   */
  boolean isInHand(String name) {
    return isGuest(name)
        || (StudyId.isValid(name) && studies.isAtWork(new StudyId(name)))
        || (RunId.isValid(name) && starts.isAtWork(new RunId(name)));
  }

  private synchronized boolean isGuest(String name) {
    return inHand.contains(name);
  }

  /**
   * Begins a run.
   *
   * @return whether it was taken; where it was not, this process takes nothing
   * @throws RuntimeException when it cannot be begun
   */
  public boolean begin(RunOrderMessage message) {
    RunPlan plan = new RunPlan(message.spec(), message.inputs(), RunPlan.digests(message.inputs()));
    RunPlan.programFor(plan.spec(), tools.programs());
    RunOrder order =
        new RunOrder(
            plan, Optional.of(message.run()), message.tags(), message.note(), message.source());
    return take(
        message.run(),
        plan.spec().steps(),
        (run, listener) ->
            message
                .parent()
                .map(from -> new ForkOrder(from.run(), from.step(), order))
                .map(fork -> starts.fork(fork, Attendance.UNATTENDED, listener))
                .orElseGet(() -> starts.start(order, Attendance.UNATTENDED, listener)));
  }

  /** Goes on with a run; as {@link #begin}. */
  public boolean resume(RunId run) {
    return take(
        run,
        starts.lastStep(run),
        (id, listener) -> starts.resume(id, Attendance.UNATTENDED, listener));
  }

  private boolean take(RunId run, long steps, BiFunction<RunId, RunListener, RunHandle> begin) {
    Optional<Host> hearing = hold(run.value());
    if (hearing.isEmpty()) {
      return false;
    }
    RunHandle handle;
    try {
      RunListener listener = hearing.get().alone(run, steps);
      try {
        handle = begin.apply(run, listener);
      } catch (RuntimeException refused) {
        hearing.get().notBegun(run);
        throw refused;
      }
    } catch (RuntimeException refused) {
      letGo(run.value());
      throw refused;
    }
    CompletionStage<Settlement> settled = handle.settled();
    settled.whenCompleteAsync(
        (settlement, failure) -> {
          try {
            if (failure == null) {
              ended(hearing.get(), settlement);
            }
          } finally {
            letGo(run.value());
          }
        },
        finishing);
    return true;
  }

  private void ended(Host hearing, Settlement settlement) {
    try {
      switch (settlement.outcome()) {
        case COMPLETED -> conclusion.draw(settlement.run());
        case CANCELLED, FAILED -> conclusion.keepDigest(settlement.run());
        case PAUSED -> {
          // Its series goes on.
        }
      }
    } catch (RuntimeException undrawn) {
      hearing.notConcluded(settlement.run(), String.valueOf(undrawn.getMessage()));
    }
    hearing.rested(settlement.rest());
  }

  /** Begins a study, or goes on with one; as {@link #begin}. */
  public boolean conduct(StudyOrderMessage message) {
    StudyId study = message.study();
    Optional<Host> hearing = hold(study.value());
    if (hearing.isEmpty()) {
      return false;
    }
    StudyTerms terms =
        new StudyTerms(
            message.parallel(), message.failedAgain(), message.reuse(), message.deviceHours());
    Optional<ExperimentSpec> spec = message.spec();
    try {
      Studies.Handle handle =
          message.begins()
              ? studies.begin(spec.orElseThrow(), Optional.of(study), terms, hearing.get())
              : studies.goOn(study, spec, terms, hearing.get());
      CompletionStage<StudyEnd> settled = handle.settled();
      settled.whenCompleteAsync((end, failure) -> letGo(study.value()), finishing);
      return true;
    } catch (RuntimeException refused) {
      letGo(study.value());
      throw refused;
    }
  }

  private synchronized Optional<Host> hold(String name) {
    Optional<Host> hearing = Optional.ofNullable(host);
    if (hearing.isPresent() && !inHand.add(name)) {
      throw new RefusedException(name + " is at work");
    }
    return hearing;
  }

  private synchronized void letGo(String name) {
    inHand.remove(name);
    notifyAll();
  }

  @Override
  public void close() {
    finishing.shutdownNow();
  }
}
