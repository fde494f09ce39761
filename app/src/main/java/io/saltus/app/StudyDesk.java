package io.saltus.app;

import io.saltus.actors.Attendance;
import io.saltus.actors.RunHandle;
import io.saltus.actors.RunListener;
import io.saltus.actors.Settlement;
import io.saltus.actors.Supervision;
import io.saltus.actors.study.RunDesk;
import io.saltus.actors.study.RunRest;
import io.saltus.actors.study.Standing;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.spec.PlannedRun;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.runs.DeviceTime;
import io.saltus.persistence.runs.RunReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Has the runs of a study done. Reading, hashing of inputs and waiting for answers happen on a
 * thread of its own, what follows on the end of a run on another: the one must not keep a device
 * waiting for the other. What waits for them is bounded by what a study has in hand.
 */
final class StudyDesk implements RunDesk, AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  private final Tools tools;
  private final RocksStore store;
  private final Supervision supervision;
  private final RunStarts starts;
  private final RunConclusion conclusion;
  private final BiFunction<RunId, PlannedRun, RunListener> listeners;
  private final ExecutorService asking = thread("saltus-study");
  private final ExecutorService finishing = thread("saltus-study-end");
  private final Map<RunId, Meter> meters = new HashMap<>();
  private final EqualRuns equal;
  private long usedNanos;

  /**
   * @param conclusion of a run that is complete
   * @param listeners hear the events of each run
   */
  StudyDesk(
      Tools tools,
      RocksStore store,
      Supervision supervision,
      RunStarts starts,
      RunConclusion conclusion,
      BiFunction<RunId, PlannedRun, RunListener> listeners) {
    this.tools = tools;
    this.store = store;
    this.supervision = supervision;
    this.starts = starts;
    this.conclusion = conclusion;
    this.listeners = listeners;
    this.equal = new EqualRuns(store, tools.programs());
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  private static <T> CompletionStage<T> on(ExecutorService thread, Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, thread);
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.failedFuture(closed);
    }
  }

  @Override
  public CompletionStage<Standing> look(List<RunId> runs, boolean costs) {
    return on(asking, () -> standing(runs, costs))
        .thenApplyAsync(
            standing -> {
              standing.statuses().forEach(this::conclude);
              return standing;
            },
            finishing);
  }

  /** Draws the conclusion of a run that came to its end in a process that ended before it did. */
  private void conclude(RunId run, RunStatus status) {
    try {
      if (status == RunStatus.COMPLETED && !conclusion.isDrawn(run)) {
        conclusion.draw(run);
      }
    } catch (RuntimeException undrawn) {
      // The run is as complete without; what asks for its jumps says that it was not analysed.
      return;
    }
  }

  private Standing standing(List<RunId> runs, boolean costs) {
    Map<RunId, RunStatus> statuses = new HashMap<>();
    Map<RunId, Long> steps = new HashMap<>();
    Set<RunId> deleted = new HashSet<>();
    Duration used = Duration.ZERO;
    try (JournalReader journal = store.reader()) {
      RunReader reader = new RunReader(journal);
      for (RunId run : runs) {
        if (reader.exists(run)) {
          RunState state = reader.state(run);
          statuses.put(run, state.status());
          if (state.status() == RunStatus.COMPLETED) {
            steps.put(run, state.step());
          }
        } else if (journal.highestSequence("run|" + run) > 0) {
          deleted.add(run);
        }
        used = costs ? used.plus(DeviceTime.of(journal, run)) : used;
      }
    }
    return new Standing(statuses, steps, deleted, hours(used.toNanos()));
  }

  @Override
  public CompletionStage<List<RunId>> findEqual(PlannedRun planned) {
    return on(asking, () -> equal.to(planned));
  }

  @Override
  public CompletionStage<RunInHand> begin(RunId run, PlannedRun planned, OptionalLong extension) {
    return on(asking, () -> new RunInHand(rest(begun(run, planned, extension))));
  }

  private RunHandle begun(RunId run, PlannedRun planned, OptionalLong extension) {
    Optional<RunHandle> atWork = Saltus.await(supervision.join(run));
    if (atWork.isPresent()) {
      return atWork.get();
    }
    RunListener listener = new Metered(run, listeners.apply(run, planned));
    Optional<RunState> state = state(run);
    if (state.isEmpty()) {
      RunPlan plan = RunPlan.of(planned.spec(), tools.programs());
      RunOrder order =
          new RunOrder(plan, Optional.of(run), new TreeMap<>(), Optional.empty(), Optional.empty());
      return starts.startOfStudy(order, listener);
    }
    requireSame(run, planned, state.get());
    boolean complete = state.get().status() == RunStatus.COMPLETED;
    if (complete && state.get().step() < extension.orElse(0)) {
      Saltus.await(supervision.extend(run, extension.getAsLong()));
    } else if (complete) {
      // It came to its end between the look at the journal and now.
      Settlement settlement =
          new Settlement(run, RunOutcome.COMPLETED, state.get().step(), Optional.empty(), "");
      return new RunHandle(run, CompletableFuture.completedFuture(settlement));
    }
    return starts.resume(run, Attendance.UNATTENDED, listener);
  }

  /** A run that somebody gave this name is no run of the study. */
  private static void requireSame(RunId run, PlannedRun planned, RunState state) {
    if (!state.submission().orElseThrow().specDigest().equals(planned.digest())) {
      throw Refusal.failed(
          "there is another run of this name, which computes something else",
          run.value(),
          "Delete it, and repeat the study.");
    }
  }

  private Optional<RunState> state(RunId run) {
    try (JournalReader journal = store.reader()) {
      RunReader reader = new RunReader(journal);
      return reader.exists(run) ? Optional.of(reader.state(run)) : Optional.empty();
    }
  }

  private CompletionStage<RunRest> rest(RunHandle handle) {
    return handle
        .settled()
        .thenApply(
            settlement -> {
              ended(handle.run());
              return settlement.rest();
            });
  }

  @Override
  public CompletionStage<Void> finish(RunId run) {
    return on(
        finishing,
        () -> {
          conclusion.draw(run);
          return null;
        });
  }

  @Override
  public CompletionStage<Void> pause(RunId run, String reason) {
    return supervision.rest(run, reason).thenApply(done -> null);
  }

  /** One after the other: a study may have more runs than requests may wait. */
  @Override
  public CompletionStage<Void> cancel(RunId run, String reason) {
    return on(
        asking,
        () -> {
          Saltus.await(supervision.cancel(run, reason));
          return null;
        });
  }

  @Override
  public synchronized double deviceHours() {
    long now = tools.nanoTime().getAsLong();
    long running =
        meters.values().stream().mapToLong(meter -> (now - meter.since) * meter.devices).sum();
    return hours(usedNanos + running);
  }

  private static double hours(long nanos) {
    return nanos / 3.6e12;
  }

  private record Meter(long since, int devices) {}

  private synchronized void began(RunId run, int devices) {
    ended(run);
    meters.put(run, new Meter(tools.nanoTime().getAsLong(), devices));
  }

  private synchronized void ended(RunId run) {
    Meter meter = meters.remove(run);
    if (meter != null) {
      usedNanos += (tools.nanoTime().getAsLong() - meter.since) * meter.devices;
    }
  }

  /** Hears when devices begin and cease to be used. */
  private final class Metered extends ForwardingListener {

    private final RunId run;

    Metered(RunId run, RunListener next) {
      super(next);
      this.run = run;
    }

    @Override
    public void persisted(RunEvent event, long sequence) {
      if (event instanceof RunEvent.AttemptStarted started) {
        began(run, Math.max(1, started.devices().size()));
      } else if (event instanceof RunEvent.AttemptEnded) {
        ended(run);
      }
      super.persisted(event, sequence);
    }
  }

  /** Ends its threads when they have done what they were asked for. */
  void leave() {
    asking.shutdown();
    finishing.shutdown();
  }

  /** Ends its threads and waits for that; what they have not begun is not done. */
  @Override
  public void close() {
    asking.shutdownNow();
    finishing.shutdownNow();
    try {
      asking.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
      finishing.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
