package io.saltus.actors.study;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.spec.PlannedRun;
import io.saltus.persistence.projection.RunStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A desk that has nothing done: it completes what it was asked for when the test says so. What it
 * reads in the journal is what the test has put there.
 */
final class FakeDesk implements RunDesk {

  private final BlockingQueue<Begin> begins = new LinkedBlockingQueue<>();
  private final BlockingQueue<Ask> finishes = new LinkedBlockingQueue<>();
  private final BlockingQueue<Ask> pauses = new LinkedBlockingQueue<>();
  private final BlockingQueue<Ask> cancels = new LinkedBlockingQueue<>();
  private final Map<RunId, RunStatus> statuses = new LinkedHashMap<>();
  private final Map<RunId, Long> steps = new LinkedHashMap<>();
  private final Map<RunId, Double> costs = new LinkedHashMap<>();
  private final Map<Long, RunId> equal = new LinkedHashMap<>();
  private final Set<RunId> deleted = new HashSet<>();
  private Optional<CompletableFuture<Standing>> held = Optional.empty();
  private Optional<RuntimeException> blind = Optional.empty();
  private Consumer<RunId> beforeBegin = run -> {};
  private double hours;
  private int inHand;
  private int mostInHand;

  /** A run that is to be begun, and how it comes to rest. */
  record Begin(
      FakeDesk desk,
      RunId run,
      PlannedRun planned,
      OptionalLong extension,
      CompletableFuture<RunInHand> begun,
      CompletableFuture<RunRest> rest) {

    /** {@code steps/seed} of the place that it stands at. */
    String place() {
      return planned.axes().get("steps") + "/" + planned.seed();
    }

    Begin accept() {
      begun.complete(new RunInHand(rest));
      return this;
    }

    void refuse(String why) {
      desk.left();
      begun.completeExceptionally(new IllegalStateException(why));
    }

    void rest(RunOutcome outcome) {
      rest(outcome, "");
    }

    void rest(RunOutcome outcome, String message) {
      rest(outcome, planned.spec().steps(), message);
    }

    /** A run that goes on beyond its end has come to the end of its extension. */
    void completeAt(long step) {
      rest(RunOutcome.COMPLETED, step, "");
    }

    private void rest(RunOutcome outcome, long step, String message) {
      desk.stands(run, RunStatus.valueOf(outcome.name()), step);
      desk.left();
      rest.complete(new RunRest(run, outcome, step, message));
    }
  }

  /** Something else that was asked of a run. */
  record Ask(RunId run, String reason, CompletableFuture<Void> answer) {

    void done() {
      answer.complete(null);
    }

    void refuse(String why) {
      answer.completeExceptionally(new IllegalStateException(why));
    }
  }

  synchronized FakeDesk stands(RunId run, RunStatus status) {
    statuses.put(run, status);
    return this;
  }

  synchronized FakeDesk stands(RunId run, RunStatus status, long step) {
    statuses.put(run, status);
    steps.put(run, step);
    return this;
  }

  synchronized void costs(RunId run, double deviceHours) {
    costs.put(run, deviceHours);
  }

  synchronized void delete(RunId run) {
    statuses.remove(run);
    deleted.add(run);
  }

  /** There is a finished run that computes what those of a seed do. */
  synchronized void equal(long seed, RunId run) {
    equal.put(seed, run);
  }

  synchronized void use(double deviceHours) {
    hours += deviceHours;
  }

  synchronized void blind(String why) {
    blind = Optional.of(new IllegalStateException(why));
  }

  /** From now on nobody is told how runs stand; until the answer, which {@link #see} gives. */
  synchronized void hold() {
    held = Optional.of(new CompletableFuture<>());
  }

  void see() {
    CompletableFuture<Standing> waiting;
    Standing standing;
    synchronized (this) {
      waiting = held.orElseThrow();
      held = Optional.empty();
      standing = new Standing(statuses, steps, deleted, 0);
    }
    waiting.complete(standing);
  }

  synchronized void beforeBegin(Consumer<RunId> called) {
    beforeBegin = called;
  }

  synchronized int mostInHand() {
    return mostInHand;
  }

  private synchronized void left() {
    inHand--;
  }

  Begin nextBegin() {
    return next(begins, "run to begin");
  }

  Ask nextFinish() {
    return next(finishes, "run to finish");
  }

  Ask nextPause() {
    return next(pauses, "run to pause");
  }

  Ask nextCancel() {
    return next(cancels, "run to cancel");
  }

  /** What was asked for and not taken; to be called when the actor has nothing left to hear. */
  List<String> untaken() {
    List<String> all = new ArrayList<>();
    begins.forEach(each -> all.add("begin " + each.run()));
    finishes.forEach(each -> all.add("finish " + each.run()));
    pauses.forEach(each -> all.add("pause " + each.run()));
    cancels.forEach(each -> all.add("cancel " + each.run()));
    return all;
  }

  private static <T> T next(BlockingQueue<T> queue, String what) {
    try {
      T next = queue.poll(20, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no " + what + " within 20 s");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public synchronized CompletionStage<Standing> look(List<RunId> runs, boolean withCosts) {
    if (blind.isPresent()) {
      return CompletableFuture.failedFuture(blind.get());
    } else if (held.isPresent()) {
      return held.get();
    }
    Map<RunId, RunStatus> known = new LinkedHashMap<>(statuses);
    known.keySet().retainAll(runs);
    Set<RunId> gone = new HashSet<>(deleted);
    gone.retainAll(runs);
    double cost =
        withCosts ? runs.stream().mapToDouble(run -> costs.getOrDefault(run, 0.0)).sum() : 0;
    return CompletableFuture.completedFuture(new Standing(known, steps, gone, cost));
  }

  @Override
  public synchronized CompletionStage<List<RunId>> findEqual(PlannedRun planned) {
    RunId found = equal.get(planned.seed());
    return CompletableFuture.completedFuture(found == null ? List.of() : List.of(found));
  }

  @Override
  public synchronized CompletionStage<RunInHand> begin(
      RunId run, PlannedRun planned, OptionalLong extension) {
    beforeBegin.accept(run);
    inHand++;
    mostInHand = Math.max(mostInHand, inHand);
    Begin begin =
        new Begin(
            this, run, planned, extension, new CompletableFuture<>(), new CompletableFuture<>());
    begins.add(begin);
    return begin.begun();
  }

  @Override
  public CompletionStage<Void> finish(RunId run) {
    return ask(finishes, run, "");
  }

  @Override
  public CompletionStage<Void> pause(RunId run, String reason) {
    return ask(pauses, run, reason);
  }

  @Override
  public CompletionStage<Void> cancel(RunId run, String reason) {
    return ask(cancels, run, reason);
  }

  private static CompletionStage<Void> ask(BlockingQueue<Ask> queue, RunId run, String reason) {
    Ask ask = new Ask(run, reason, new CompletableFuture<>());
    queue.add(ask);
    return ask.answer();
  }

  @Override
  public synchronized double deviceHours() {
    return hours;
  }
}
