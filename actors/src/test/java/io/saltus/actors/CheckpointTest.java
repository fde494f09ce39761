package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.CheckpointDropped;
import io.saltus.experiment.event.RunEvent.CheckpointSaved;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.spec.CheckpointCadence;
import io.saltus.experiment.spec.CheckpointPolicy;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.OnDivergence;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.projection.CheckpointState;
import io.saltus.persistence.projection.RunState;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.apache.pekko.Done;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which states of a run are saved, kept and given up, and what happens when one cannot be. */
class CheckpointTest {

  private static final RunId A = new RunId("a");

  @TempDir private Path directory;
  private DurableHome home;

  @BeforeEach
  void open() {
    home = new DurableHome(directory);
  }

  @Test
  void a_cadence_in_steps_saves_step_0_its_multiples_and_the_last_step() {
    home.run(Script.learning(), "a", DurableHome.saving(50, ScriptedProgram.spec(420)));
    assertThat(saved()).containsExactly(0L, 50L, 100L, 150L, 200L, 250L, 300L, 350L, 400L, 420L);
  }

  @Test
  void a_cadence_of_one_step_saves_every_state() {
    home.run(Script.learning(), "a", DurableHome.saving(1, ScriptedProgram.spec(40)));
    assertThat(saved()).containsExactlyElementsOf(LongStream.rangeClosed(0, 40).boxed().toList());
  }

  @Test
  void the_first_and_the_last_state_are_saved_whatever_the_cadence() {
    for (CheckpointCadence cadence :
        List.of(new CheckpointCadence.Auto(), new CheckpointCadence.EverySteps(100_000))) {
      DurableHome own = new DurableHome(directory.resolve(cadence.text().substring(0, 4)));
      ExperimentSpec spec = keeping(ScriptedProgram.spec(100), cadence, 3, Optional.empty());
      own.run(Script.learning(), "a", spec);
      List<RunEvent> events = own.journalled("a");
      assertThat(saved(events)).startsWith(0L).endsWith(100L);
      assertThat(events.get(events.size() - 1)).isInstanceOf(RunEvent.RunCompleted.class);
      assertThat(indexOfSaved(events, 100)).isLessThan(events.size() - 2);
    }
  }

  @Test
  void what_retention_gives_up_is_journalled_and_its_file_goes() throws IOException {
    ExperimentSpec spec =
        keeping(
            ScriptedProgram.spec(600), new CheckpointCadence.EverySteps(50), 2, Optional.of(200L));
    home.run(Script.learning(), "a", spec);
    RunState state = home.read(runs -> runs.state(A));
    // The first, multiples of 200, the last two; 550 also lies the overlap before the end.
    assertThat(state.checkpoints().stream().map(CheckpointState::step))
        .containsExactlyInAnyOrder(0L, 200L, 400L, 550L, 600L);
    assertThat(dropped()).containsExactlyInAnyOrder(50L, 100L, 150L, 250L, 300L, 350L, 450L, 500L);
    CheckpointStore store = CheckpointStore.at(home.checkpoints());
    assertThat(store.inventory().checkpoints().stream().map(file -> file.sha256()).toList())
        .containsExactlyInAnyOrderElementsOf(
            state.checkpoints().stream().map(CheckpointState::sha256).toList());
    assertThat(state.checkpoints())
        .allSatisfy(each -> assertThat(store.flaw(each.sha256(), each.bytes())).isEmpty());
  }

  @Test
  void the_best_state_is_kept() {
    MetricName accuracy = new MetricName("train.accuracy");
    CheckpointPolicy policy =
        new CheckpointPolicy(
            new CheckpointCadence.EverySteps(50),
            1,
            Optional.empty(),
            Optional.of(new CheckpointPolicy.KeepBest(accuracy, CheckpointPolicy.BestMode.MAX)));
    ExperimentSpec spec =
        DurableHome.with(ScriptedProgram.spec(500), policy, 20, OnDivergence.FAIL);
    home.run(Script.learning().with(accuracy, (seed, s) -> s == 250 ? 1 : 0.5), "a", spec);
    assertThat(home.read(runs -> runs.state(A)).checkpoints())
        .extracting(CheckpointState::step)
        .contains(0L, 250L, 500L)
        .doesNotContain(200L, 300L);
  }

  @Test
  void a_pause_ends_with_the_state_of_its_last_step() {
    Mishap.Hang hang = Mishap.Hang.once();
    home.process(
        Script.learning().with(75, hang),
        supervision -> {
          RunHandle handle =
              DurableHome.submit(
                  supervision,
                  "a",
                  DurableHome.saving(50, ScriptedProgram.spec(1_000_000)),
                  RunListener.none());
          Stage.await(hang.reached());
          CompletionStage<Done> paused = supervision.pause(A, "lunch");
          Stage.await(supervision.look());
          hang.released().countDown();
          Stage.await(paused);
          assertThat(Stage.await(handle.settled()).outcome()).isEqualTo(RunOutcome.PAUSED);
        });
    List<RunEvent> events = home.journalled("a");
    RunEvent.RunPaused paused = (RunEvent.RunPaused) events.get(events.size() - 1);
    assertThat(paused.step()).isGreaterThanOrEqualTo(75);
    assertThat(paused.reason()).isEqualTo("lunch");
    assertThat(saved()).endsWith(paused.step());
    assertThat(home.read(runs -> runs.state(A)).step()).isEqualTo(paused.step());
  }

  @Test
  void a_state_that_cannot_be_written_lets_the_run_rest_and_it_can_go_on() throws IOException {
    ExperimentSpec spec = DurableHome.saving(50, ScriptedProgram.spec(200));
    Mishap.Hang hang = Mishap.Hang.once();
    home.process(
        Script.learning().with(75, hang),
        supervision -> {
          RunHandle handle = DurableHome.submit(supervision, "a", spec, RunListener.none());
          Stage.await(hang.reached());
          block(home.checkpoints());
          hang.released().countDown();
          Settlement settlement = Stage.await(handle.settled());
          assertThat(settlement.outcome()).isEqualTo(RunOutcome.PAUSED);
          assertThat(settlement.cause()).contains(AttemptEnd.EXCEPTION);
          assertThat(settlement.message()).contains("checkpoint of step", "could not be written");
          assertThat(settlement.message())
              .as("a place on this machine")
              .doesNotContain(home.checkpoints().toAbsolutePath().getParent().toString());
        });
    unblock(home.checkpoints());
    RunState resting = home.read(runs -> runs.state(A));
    assertThat(resting.latestAttempt().orElseThrow().end().orElseThrow().cause())
        .isEqualTo(AttemptEnd.EXCEPTION);
    assertThat(home.goOn(Script.learning(), "a", spec).outcome()).isEqualTo(RunOutcome.COMPLETED);
    assertThat(home.read(runs -> runs.state(A)).exactness().exact()).contains(true);
  }

  @Test
  void a_last_state_that_cannot_be_written_keeps_a_run_from_being_complete() throws IOException {
    ExperimentSpec spec = DurableHome.saving(50, ScriptedProgram.spec(75));
    restsAtItsEnd(spec);
    unblock(home.checkpoints());
    Settlement settlement = home.goOn(Script.learning(), "a", spec);
    assertThat(settlement.outcome()).isEqualTo(RunOutcome.COMPLETED);
    assertThat(settlement.step()).isEqualTo(75);
    assertThat(saved()).endsWith(75L);
    assertThat(home.read(runs -> runs.state(A)).exactness().exact()).contains(true);
  }

  @Test
  void a_run_that_rested_at_its_end_can_be_extended_and_stays_exact() throws IOException {
    ExperimentSpec spec = DurableHome.saving(50, ScriptedProgram.spec(75));
    restsAtItsEnd(spec);
    unblock(home.checkpoints());
    home.process(
        Script.learning(),
        supervision -> {
          Stage.await(supervision.extend(A, 150));
          Settlement settlement =
              Stage.await(DurableHome.resume(supervision, "a", spec, RunListener.none()).settled());
          assertThat(settlement.outcome()).isEqualTo(RunOutcome.COMPLETED);
          assertThat(settlement.step()).isEqualTo(150);
        });
    assertThat(home.read(runs -> runs.state(A)).exactness().exact()).contains(true);
  }

  @Test
  void a_cancelled_run_whose_last_state_cannot_be_written_comes_to_its_end_all_the_same() {
    ExperimentSpec spec = DurableHome.saving(50, ScriptedProgram.spec(75));
    Mishap.Hang hang = Mishap.Hang.once();
    CountDownLatch before = new CountDownLatch(1);
    home.process(
        Script.learning().with(75, hang),
        supervision -> {
          RunHandle handle = DurableHome.submit(supervision, "a", spec, onSaved(50, before));
          Stage.await(hang.reached());
          Stage.await(before);
          block(home.checkpoints());
          CompletionStage<Done> cancelled = supervision.cancel(A, "wrong seed");
          Stage.await(supervision.look());
          hang.released().countDown();
          Stage.await(cancelled);
          assertThat(Stage.await(handle.settled()).outcome()).isEqualTo(RunOutcome.CANCELLED);
        });
  }

  private void restsAtItsEnd(ExperimentSpec spec) {
    Mishap.Hang hang = Mishap.Hang.once();
    CountDownLatch before = new CountDownLatch(1);
    home.process(
        Script.learning().with(75, hang),
        supervision -> {
          RunHandle handle = DurableHome.submit(supervision, "a", spec, onSaved(50, before));
          Stage.await(hang.reached());
          // Written beside training: only the last one is to find something in its way.
          Stage.await(before);
          block(home.checkpoints());
          hang.released().countDown();
          Settlement settlement = Stage.await(handle.settled());
          assertThat(settlement.outcome()).isEqualTo(RunOutcome.PAUSED);
          assertThat(settlement.step()).isEqualTo(75);
        });
  }

  private static RunListener onSaved(long step, CountDownLatch saved) {
    return (event, sequence) -> {
      if (event instanceof RunEvent.CheckpointSaved checkpoint && checkpoint.step() == step) {
        saved.countDown();
      }
    };
  }

  /** Puts a file where the directory was. */
  private static void block(Path checkpoints) {
    try {
      Files.move(checkpoints, checkpoints.resolveSibling("elsewhere"));
      Files.writeString(checkpoints, "in the way");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void unblock(Path checkpoints) throws IOException {
    Files.delete(checkpoints);
    Files.move(checkpoints.resolveSibling("elsewhere"), checkpoints);
  }

  private static ExperimentSpec keeping(
      ExperimentSpec spec, CheckpointCadence cadence, int last, Optional<Long> every) {
    return DurableHome.with(
        spec, new CheckpointPolicy(cadence, last, every, Optional.empty()), 20, OnDivergence.FAIL);
  }

  private List<Long> saved() {
    return saved(home.journalled("a"));
  }

  private static List<Long> saved(List<RunEvent> events) {
    return events.stream()
        .filter(CheckpointSaved.class::isInstance)
        .map(event -> ((CheckpointSaved) event).step())
        .toList();
  }

  private static int indexOfSaved(List<RunEvent> events, long step) {
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) instanceof CheckpointSaved saved && saved.step() == step) {
        return i;
      }
    }
    throw new AssertionError("step " + step + " was not saved");
  }

  private List<Long> dropped() {
    return home.journalled("a").stream()
        .filter(CheckpointDropped.class::isInstance)
        .map(event -> ((CheckpointDropped) event).step())
        .toList();
  }
}
