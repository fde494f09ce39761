package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.actors.reexecution.JournalHistory;
import io.saltus.actors.reexecution.Reexecution;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.AttemptEnded;
import io.saltus.experiment.event.RunEvent.RunCancelled;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.UntilRule;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people ask of runs in every phase: to pause, to end, to go on further, to be gone. */
class PeopleTest {

  private static final RunId A = new RunId("a");
  private static final RunId B = new RunId("b");
  private static final ExperimentSpec SPEC = DurableHome.saving(50, ScriptedProgram.spec(200));
  private static final ExperimentSpec LONG =
      DurableHome.saving(50, ScriptedProgram.spec(1_000_000));

  @TempDir private Path directory;
  private DurableHome home;

  @BeforeEach
  void open() {
    home = new DurableHome(directory);
  }

  @Test
  void a_run_that_was_complete_by_a_rule_goes_on_to_a_later_last_step_without_it() {
    UntilRule rule =
        new UntilRule(new MetricName("train.accuracy"), UntilRule.Bound.AT_LEAST, 1, 6);
    extended(DurableHome.saving(50, ScriptedProgram.spec(400, rule)), 105);
  }

  @Test
  void a_run_that_was_complete_by_its_last_step_goes_on_to_a_later_one() {
    extended(DurableHome.saving(50, ScriptedProgram.spec(133)), 133);
  }

  @Test
  void many_words_at_once_about_a_run_at_rest_are_all_heard_in_order() {
    home.run(Script.learning(), "a", SPEC);
    home.process(
        Script.learning(),
        supervision -> {
          List<CompletionStage<Done>> answers = new ArrayList<>();
          for (int i = 0; i < 20; i++) {
            answers.add(supervision.annotate(A, Stage.note("word " + i)));
          }
          answers.forEach(Stage::await);
        });
    List<String> notes =
        home.journalled("a").stream()
            .filter(RunEvent.RunAnnotated.class::isInstance)
            .map(event -> ((RunEvent.RunAnnotated) event).note().orElseThrow())
            .toList();
    assertThat(notes)
        .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(i -> "word " + i).toList());
  }

  /** The end lies between evaluations: only there is every set evaluated out of turn. */
  private void extended(ExperimentSpec spec, long end) {
    assertThat(home.run(Script.learning(), "a", spec).step()).isEqualTo(end);
    home.process(
        Script.learning(),
        supervision -> {
          assertThat(Stage.refusal(supervision.extend(A, end))).contains("give a later one");
          Stage.await(supervision.extend(A, 500));
          assertThat(Stage.refusal(supervision.extend(A, 600))).isEqualTo("run a is queued");
          Settlement settlement =
              Stage.await(DurableHome.resume(supervision, "a", spec, RunListener.none()).settled());
          assertThat(settlement.outcome()).isEqualTo(RunOutcome.COMPLETED);
          assertThat(settlement.step()).isEqualTo(500);
        });
    RunState state = home.read(runs -> runs.state(A));
    assertThat(state.completions()).containsExactly(end, 500L);
    assertThat(state.recorded().until().rules()).isEmpty();
    assertThat(state.exactness().exact()).contains(true);
    assertThat(Recorded.story(home.journalled("a")))
        .containsSubsequence("RunCompleted", "RunExtended", "CatchUpVerified", "RunCompleted");
    ScriptedProgram program = new ScriptedProgram(Script.learning());
    home.read(
        runs -> {
          try (TrainingSession session =
              program.open(
                  new SessionRequest(spec, List.of(new DeviceId("cpu", 0)), new TreeMap<>()))) {
            Reexecution again =
                new Reexecution(
                    session,
                    new JournalHistory(runs, A),
                    CheckpointStore.at(home.checkpoints()),
                    500);
            while (!again.done()) {
              assertThat(again.advance(64).difference()).isEmpty();
            }
            return again.steps();
          }
        });
  }

  @Test
  void a_run_is_cancelled_while_it_trains_after_its_chunk() {
    Mishap.Hang hang = Mishap.Hang.once();
    home.process(
        Script.learning().with(75, hang),
        supervision -> {
          RunHandle handle = DurableHome.submit(supervision, "a", LONG, RunListener.none());
          Stage.await(hang.reached());
          assertThat(Stage.refusal(supervision.delete(A))).isEqualTo("run a is at work");
          assertThat(Stage.refusal(supervision.extend(A, 2_000_000))).isEqualTo("run a is running");
          CompletionStage<Done> cancelled = supervision.cancel(A, "wrong seed");
          Stage.await(supervision.look());
          hang.released().countDown();
          Stage.await(cancelled);
          Settlement settlement = Stage.await(handle.settled());
          assertThat(settlement.outcome()).isEqualTo(RunOutcome.CANCELLED);
          assertThat(settlement.step()).isGreaterThanOrEqualTo(75);
          assertThat(Stage.refusal(supervision.cancel(A, "again"))).isEqualTo("run a is ended");
          assertThat(Stage.refusal(supervision.pause(A, "again"))).isEqualTo("run a is ended");
          assertThat(Stage.refusal(supervision.extend(A, 2_000_000)))
              .isEqualTo("run a is cancelled");
          assertThat(
                  Stage.refusal(
                      supervision.resume(
                          new Resumption(A, LONG, new TreeMap<>()), RunListener.none())))
              .isEqualTo("run a is cancelled");
        });
    List<RunEvent> events = home.journalled("a");
    assertThat(events.get(events.size() - 2)).isInstanceOf(AttemptEnded.class);
    assertThat(((RunCancelled) events.get(events.size() - 1)).reason()).isEqualTo("wrong seed");
  }

  @Test
  void a_cancellation_is_not_undone_by_a_pause() {
    Mishap.Hang hang = Mishap.Hang.once();
    home.process(
        Script.learning().with(75, hang),
        supervision -> {
          RunHandle handle = DurableHome.submit(supervision, "a", LONG, RunListener.none());
          Stage.await(hang.reached());
          CompletionStage<Done> cancelled = supervision.cancel(A, "wrong seed");
          CompletionStage<Done> paused = supervision.pauseAll("ctrl-C");
          Stage.await(supervision.look());
          hang.released().countDown();
          Stage.await(cancelled);
          Stage.await(paused);
          assertThat(Stage.await(handle.settled()).outcome()).isEqualTo(RunOutcome.CANCELLED);
        });
    assertThat(home.read(runs -> runs.state(A)).status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void a_run_is_cancelled_while_it_waits() {
    Mishap.Hang hang = Mishap.Hang.once();
    home.process(
        Script.learning().with(75, hang),
        supervision -> {
          DurableHome.submit(supervision, "a", LONG, RunListener.none());
          Stage.await(hang.reached());
          RunHandle waiting = DurableHome.submit(supervision, "b", SPEC, RunListener.none());
          assertThat(Stage.refusal(supervision.pause(B, "no"))).isEqualTo("run b is queued");
          Stage.await(supervision.cancel(B, "not needed"));
          Settlement settlement = Stage.await(waiting.settled());
          assertThat(settlement.outcome()).isEqualTo(RunOutcome.CANCELLED);
          assertThat(settlement.step()).isEqualTo(-1);
          assertThat(Stage.await(supervision.look()).unsettled()).containsOnlyKeys(A);
          hang.released().countDown();
          Stage.await(supervision.cancel(A, "enough"));
        });
    assertThat(Recorded.story(home.journalled("b")))
        .containsExactly("RunSubmitted", "RunCancelled");
  }

  @Test
  void a_paused_run_is_cancelled_without_another_attempt() {
    home.process(
        Script.learning(),
        supervision -> {
          RunHandle handle = DurableHome.submit(supervision, "a", LONG, RunListener.none());
          Stage.await(supervision.pause(A, "lunch"));
          assertThat(Stage.await(handle.settled()).outcome()).isEqualTo(RunOutcome.PAUSED);
          assertThat(Stage.refusal(supervision.pause(A, "again"))).isEqualTo("run a is resting");
          Stage.await(supervision.cancel(A, "no appetite"));
        });
    List<RunEvent> events = home.journalled("a");
    assertThat(Recorded.story(events)).endsWith("RunPaused", "RunCancelled");
    assertThat(((RunCancelled) events.get(events.size() - 1)).step())
        .isEqualTo(home.read(runs -> runs.state(A)).step());
  }

  @Test
  void an_interrupted_run_is_cancelled_and_nobody_waits_for_it_any_more() {
    home.interrupt(Script.learning(), "a", LONG, 75);
    home.process(
        Script.learning(),
        supervision -> {
          assertThat(Stage.refusal(supervision.pause(A, "no"))).isEqualTo("run a is interrupted");
          Stage.await(supervision.cancel(A, "it died"));
          // What is handed later is answered later: the supervisor has heard of the end by then.
          Stage.await(supervision.annotate(A, Stage.note("gone")));
        });
    List<RunEvent> events = home.journalled("a");
    assertThat(Recorded.story(events)).endsWith("AttemptEnded", "RunCancelled", "RunAnnotated");
    assertThat(((AttemptEnded) events.get(events.size() - 3)).cause())
        .isEqualTo(AttemptEnd.INTERRUPTED);
    home.process(
        Script.learning(),
        supervision -> assertThat(Stage.await(supervision.look()).unsettled()).isEmpty());
  }

  @Test
  void a_complete_run_is_deleted_and_cannot_come_back() {
    home.run(Script.learning(), "a", SPEC);
    home.process(
        Script.learning(),
        supervision -> {
          Stage.await(supervision.delete(A));
          assertThat(Stage.refusal(supervision.delete(A))).contains("run a");
          assertThat(Stage.refusal(supervision.annotate(A, Stage.note("?")))).contains("no run a");
          assertThat(Stage.refusal(supervision.cancel(A, "?"))).contains("run a is");
          assertThat(
                  Stage.refusal(
                      supervision.resume(
                          new Resumption(A, SPEC, new TreeMap<>()), RunListener.none())))
              .contains("run a is");
          assertThat(
                  Stage.refusal(
                      supervision.submit(Stage.submission("a", SPEC), RunListener.none())))
              .isEqualTo("run a exists");
          assertThat(Stage.refusal(supervision.delete(B))).isEqualTo("there is no run b");
        });
    assertThat(home.<Boolean>read(runs -> runs.exists(A))).isFalse();
  }

  @Test
  void a_run_that_is_deleted_while_it_waits_leaves_the_device_to_others() {
    Mishap.Hang hang = Mishap.Hang.once();
    home.process(
        Script.learning().with(75, hang),
        supervision -> {
          RunHandle first = DurableHome.submit(supervision, "a", SPEC, RunListener.none());
          Stage.await(hang.reached());
          RunHandle waiting = DurableHome.submit(supervision, "b", SPEC, RunListener.none());
          RunHandle third = DurableHome.submit(supervision, "c", SPEC, RunListener.none());
          Stage.await(supervision.delete(B));
          assertThat(Stage.await(waiting.settled()).outcome()).isEqualTo(RunOutcome.CANCELLED);
          hang.released().countDown();
          assertThat(Stage.await(first.settled()).outcome()).isEqualTo(RunOutcome.COMPLETED);
          assertThat(Stage.await(third.settled()).outcome()).isEqualTo(RunOutcome.COMPLETED);
        });
  }
}
