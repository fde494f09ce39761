package io.saltus.actors;

import io.saltus.actors.study.RunDesk;
import io.saltus.actors.study.RunRest;
import io.saltus.actors.study.Standing;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.spec.PlannedRun;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.pekko.Done;

/** Has the runs of a study done by a supervision over a journal in memory, one call at a time. */
final class SupervisedDesk implements RunDesk, AutoCloseable {

  private final Stage stage;
  private final ExecutorService asking = Executors.newSingleThreadExecutor();
  private final Map<RunId, Recorded> heard = new ConcurrentHashMap<>();
  private volatile Consumer<String> before = call -> {};

  SupervisedDesk(Stage stage) {
    this.stage = stage;
  }

  /**
   * @param called before each call is answered, with what is done and the run, such as {@code begin
   *     s.1}
   */
  void before(Consumer<String> called) {
    before = called;
  }

  /**
   * What the runs have told, by their names; of one that was joined what it told from its begin.
   */
  Map<RunId, Recorded> heard() {
    return new TreeMap<>(heard);
  }

  private RunState state(RunId run) {
    return new MemoryHistory(stage.journalled(run.value())).state();
  }

  @Override
  public CompletionStage<Standing> look(List<RunId> runs, boolean costs) {
    return CompletableFuture.supplyAsync(
        () -> {
          before.accept("look");
          Map<RunId, RunStatus> statuses = new TreeMap<>();
          Map<RunId, Long> steps = new TreeMap<>();
          for (RunId run : runs) {
            RunState state = state(run);
            if (state.submission().isPresent()) {
              statuses.put(run, state.status());
              steps.put(run, state.step());
            }
          }
          return new Standing(statuses, steps, Set.of(), 0);
        },
        asking);
  }

  @Override
  public CompletionStage<List<RunId>> findEqual(PlannedRun planned) {
    return CompletableFuture.completedFuture(List.of());
  }

  @Override
  public CompletionStage<RunInHand> begin(RunId run, PlannedRun planned, OptionalLong extension) {
    return CompletableFuture.supplyAsync(
        () -> {
          before.accept("begin " + run);
          RunHandle handle = begun(run, planned, extension);
          before.accept("begun " + run);
          return new RunInHand(handle.settled().thenApply(SupervisedDesk::rest));
        },
        asking);
  }

  private RunHandle begun(RunId run, PlannedRun planned, OptionalLong extension) {
    Optional<RunHandle> atWork = Stage.await(stage.supervision.join(run));
    if (atWork.isPresent()) {
      return atWork.get();
    }
    Recorded listener = heard.computeIfAbsent(run, unseen -> new Recorded());
    List<RunEvent> journalled = stage.journalled(run.value());
    if (journalled.isEmpty()) {
      return Stage.await(
          stage.supervision.submit(
              Stage.submission(run.value(), planned.spec()), Attendance.UNATTENDED, listener));
    } else if (state(run).status() == RunStatus.COMPLETED) {
      if (state(run).step() < extension.orElse(0)) {
        Stage.await(stage.supervision.extend(run, extension.getAsLong()));
        before.accept("extended " + run);
        return resumed(run, planned, listener);
      }
      return new RunHandle(
          run, CompletableFuture.completedFuture(TrainerEvents.settlement(run, state(run))));
    }
    return resumed(run, planned, listener);
  }

  private RunHandle resumed(RunId run, PlannedRun planned, Recorded listener) {
    return Stage.await(
        stage.supervision.resume(
            new Resumption(run, planned.spec(), new TreeMap<>()), Attendance.UNATTENDED, listener));
  }

  private static RunRest rest(Settlement settlement) {
    return new RunRest(
        settlement.run(), settlement.outcome(), settlement.step(), settlement.message());
  }

  @Override
  public CompletionStage<Void> finish(RunId run) {
    return CompletableFuture.runAsync(() -> before.accept("finish " + run), asking);
  }

  @Override
  public CompletionStage<Void> pause(RunId run, String reason) {
    CompletionStage<Done> asked = stage.supervision.rest(run, reason);
    before.accept("asked to rest " + run);
    return asked.thenApply(done -> null);
  }

  @Override
  public CompletionStage<Void> cancel(RunId run, String reason) {
    return stage.supervision.cancel(run, reason).thenApply(done -> null);
  }

  @Override
  public double deviceHours() {
    return 0;
  }

  @Override
  public void close() {
    asking.shutdownNow();
  }
}
