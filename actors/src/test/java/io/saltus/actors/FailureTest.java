package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.SessionException;
import io.saltus.persistence.projection.SupervisorState;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

/** Everything that can go wrong with a run, and what is journalled and said of it. */
class FailureTest {

  private static final MetricName LOSS = new MetricName("train.loss");

  @Test
  void a_session_that_fails_fails_its_run_after_the_steps_that_it_gave() {
    try (Stage stage =
        new Stage(Script.learning().with(40, new Mishap.Failure("no memory left")))) {
      Recorded heard = new Recorded();
      Settlement settlement = stage.run("a", ScriptedProgram.spec(500), heard);
      assertThat(settlement.outcome()).isEqualTo(RunOutcome.FAILED);
      assertThat(settlement.cause()).contains(AttemptEnd.EXCEPTION);
      assertThat(settlement.message()).isEqualTo("no memory left");
      long last = heard.frames().get(heard.frames().size() - 1).until();
      assertThat(last).isLessThan(40);
      assertThat(settlement.step()).isEqualTo(last);
      assertThat(heard.story())
          .containsExactly(
              "RunSubmitted", "AttemptStarted", "MetricsRecorded", "AttemptEnded", "RunFailed");
      assertThat(heard.only(RunEvent.RunFailed.class))
          .isEqualTo(new RunEvent.RunFailed(last, AttemptEnd.EXCEPTION, "no memory left"));
    }
  }

  @Test
  void what_no_session_should_throw_ends_the_run_and_not_the_actors() {
    Script script = Script.learning().with(3, new Mishap.Crash(new StackOverflowError("deep")));
    try (Stage stage = new Stage(script)) {
      Settlement settlement = stage.run("a", ScriptedProgram.spec(10), RunListener.none());
      assertThat(settlement.cause()).contains(AttemptEnd.EXCEPTION);
      assertThat(settlement.message()).contains("StackOverflowError", "deep");
      assertThat(stage.run("b", ScriptedProgram.spec(2), RunListener.none()).outcome())
          .isEqualTo(RunOutcome.COMPLETED);
    }
  }

  @Test
  void an_exhausted_heap_is_named() {
    Script script = Script.learning().with(3, new Mishap.Crash(new OutOfMemoryError("heap")));
    try (Stage stage = new Stage(script)) {
      assertThat(stage.run("a", ScriptedProgram.spec(10), RunListener.none()).cause())
          .contains(AttemptEnd.HEAP_EXHAUSTED);
    }
  }

  @Test
  void a_session_that_cannot_be_opened_fails_its_run_without_an_attempt() {
    Script script = Script.learning().refusingToOpen(new SessionException("no data at that path"));
    try (Stage stage = new Stage(script)) {
      Recorded heard = new Recorded();
      Settlement settlement = stage.run("a", ScriptedProgram.spec(10), heard);
      assertThat(settlement.message()).isEqualTo("no data at that path");
      assertThat(heard.story()).containsExactly("RunSubmitted", "RunFailed");
      assertThat(settlement.step()).isEqualTo(-1);
    }
  }

  @Test
  void a_value_that_is_not_finite_is_recorded_and_ends_the_run() {
    for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      try (Stage stage = new Stage(Script.learning().with(77, new Mishap.Value(LOSS, value)))) {
        Recorded heard = new Recorded();
        Settlement settlement = stage.run("a", ScriptedProgram.spec(500), heard);
        assertThat(settlement.cause()).contains(AttemptEnd.NON_FINITE);
        assertThat(settlement.step()).isEqualTo(77);
        assertThat(settlement.message()).isEqualTo("train.loss was not finite at step 77");
        assertThat(heard.story())
            .containsExactly(
                "RunSubmitted",
                "AttemptStarted",
                "MetricsRecorded",
                "NonFiniteObserved",
                "AttemptEnded",
                "RunFailed");
        assertThat(heard.only(RunEvent.NonFiniteObserved.class))
            .isEqualTo(new RunEvent.NonFiniteObserved(1, 77, LOSS));
        assertThat(heard.series().get(LOSS).lastKey()).isEqualTo(77);
      }
    }
  }

  @Test
  void a_pause_waits_for_the_chunk_under_way() {
    Mishap.Hang hang = Mishap.Hang.once();
    try (Stage stage = new Stage(Script.learning().with(50, hang))) {
      Recorded heard = new Recorded();
      RunHandle handle =
          Stage.await(
              stage.supervision.submit(
                  Stage.submission("a", ScriptedProgram.spec(1_000_000)), heard));
      Stage.await(hang.reached());
      CompletionStage<Done> paused = stage.supervision.pauseAll("ctrl-C");
      // Answered after the pause has been heard, because the supervisor answers in order.
      Stage.await(stage.supervision.look());
      assertThat(handle.settled().toCompletableFuture()).isNotDone();
      hang.released().countDown();
      Stage.await(paused);
      Settlement settlement = Stage.await(handle.settled());
      assertThat(settlement.outcome()).isEqualTo(RunOutcome.PAUSED);
      assertThat(settlement.cause()).contains(AttemptEnd.PAUSED);
      assertThat(settlement.step()).isGreaterThanOrEqualTo(50);
      assertThat(heard.only(RunEvent.RunPaused.class))
          .isEqualTo(new RunEvent.RunPaused(settlement.step(), "ctrl-C"));
      assertThat(heard.series().get(LOSS)).hasSize((int) settlement.step());
      assertThat(stage.program.sessions().get(0).closed()).isTrue();
    }
  }

  @Test
  void a_session_that_hangs_does_not_keep_a_run_from_resting() {
    Mishap.Hang hang = Mishap.Hang.once();
    String impatient = "saltus.actors { pause-patience = 20 ms, close-patience = 20 ms }";
    Recorded heard = new Recorded();
    try (Stage stage = new Stage(Script.learning().with(50, hang), impatient, System::nanoTime)) {
      RunHandle handle =
          Stage.await(
              stage.supervision.submit(
                  Stage.submission("a", ScriptedProgram.spec(1_000_000)), heard));
      Stage.await(hang.reached());
      Stage.await(stage.supervision.pauseAll("ctrl-C"));
      Settlement settlement = Stage.await(handle.settled());
      assertThat(settlement.outcome()).isEqualTo(RunOutcome.PAUSED);
      assertThat(settlement.cause()).contains(AttemptEnd.HUNG);
      assertThat(settlement.step()).isLessThan(50);
      assertThat(heard.story())
          .containsExactly(
              "RunSubmitted", "AttemptStarted", "MetricsRecorded", "AttemptEnded", "RunPaused");
    }
    hang.released().countDown();
  }

  @Test
  void a_session_that_hangs_does_not_keep_a_run_from_being_cancelled() {
    Mishap.Hang hang = Mishap.Hang.once();
    String impatient = "saltus.actors { pause-patience = 20 ms, close-patience = 20 ms }";
    try (Stage stage = new Stage(Script.learning().with(50, hang), impatient, System::nanoTime)) {
      RunHandle handle =
          Stage.await(
              stage.supervision.submit(
                  Stage.submission("a", ScriptedProgram.spec(1_000_000)), RunListener.none()));
      Stage.await(hang.reached());
      Stage.await(stage.supervision.cancel(new RunId("a"), "wrong seed"));
      Settlement settlement = Stage.await(handle.settled());
      assertThat(settlement.outcome()).isEqualTo(RunOutcome.CANCELLED);
      assertThat(settlement.cause()).contains(AttemptEnd.HUNG);
      assertThat(Recorded.story(stage.journalled("a"))).endsWith("AttemptEnded", "RunCancelled");
    }
    hang.released().countDown();
  }

  @Test
  void a_run_whose_session_is_still_being_opened_rests_at_once() {
    Mishap.Hang hang = Mishap.Hang.once();
    try (Stage stage = new Stage(Script.learning().with(0, hang))) {
      Recorded heard = new Recorded();
      Stage.await(stage.supervision.submit(Stage.submission("a", ScriptedProgram.spec(10)), heard));
      Stage.await(hang.reached());
      RunHandle second =
          Stage.await(
              stage.supervision.submit(
                  Stage.submission("b", ScriptedProgram.spec(10)), RunListener.none()));
      CompletionStage<Done> paused = stage.supervision.pauseAll("ctrl-C");
      Settlement waiting = Stage.await(second.settled());
      assertThat(waiting.outcome()).isEqualTo(RunOutcome.PAUSED);
      assertThat(waiting.cause()).isEmpty();
      hang.released().countDown();
      Stage.await(paused);
      assertThat(Recorded.story(stage.journalled("b"))).containsExactly("RunSubmitted");
      assertThat(Stage.await(stage.supervision.look()).unsettled().values())
          .containsExactly(SupervisorState.Standing.QUEUED);
    }
  }

  @Test
  void a_journal_that_fails_stops_all_writing_and_is_said_so() {
    Mishap.Hang hang = Mishap.Hang.once();
    Recorded heard = new Recorded();
    try (Stage stage = new Stage(Script.learning().with(50, hang))) {
      RunHandle handle =
          Stage.await(
              stage.supervision.submit(
                  Stage.submission("a", ScriptedProgram.spec(1_000_000)), heard));
      RunHandle waiting =
          Stage.await(
              stage.supervision.submit(
                  Stage.submission("b", ScriptedProgram.spec(10)), RunListener.none()));
      Stage.await(hang.reached());
      stage.journal.failNextPersisted("run|a", new IllegalStateException("the disk is gone"));
      hang.released().countDown();
      Settlement settlement = Stage.await(handle.settled());
      assertThat(settlement.outcome()).isEqualTo(RunOutcome.FAILED);
      assertThat(settlement.cause()).contains(AttemptEnd.JOURNAL_FAILED);
      assertThat(settlement.message()).contains("the disk is gone");
      assertThat(Stage.await(waiting.settled()).cause()).contains(AttemptEnd.JOURNAL_FAILED);
      assertThat(
              Stage.refusal(
                  stage.supervision.submit(
                      Stage.submission("c", ScriptedProgram.spec(10)), RunListener.none())))
          .contains("the disk is gone");
      assertThat(Stage.await(stage.supervision.breakdown())).contains("the disk is gone");
      // Nothing was pretended, nothing tried again: what was heard is what is journalled.
      assertThat(stage.journalled("a")).isEqualTo(heard.events());
      assertThat(heard.story())
          .containsExactly("RunSubmitted", "AttemptStarted", "MetricsRecorded");
      assertThat(settlement.step())
          .isEqualTo(heard.frames().get(heard.frames().size() - 1).until());
    }
  }

  @Test
  void a_supervisor_whose_own_journal_fails_stops_and_leaves_nobody_waiting() {
    Mishap.Hang hang = Mishap.Hang.once();
    String impatient = "saltus.actors.answer-within = 2 s";
    try (Stage stage = new Stage(Script.learning().with(50, hang), impatient, System::nanoTime)) {
      RunHandle first =
          Stage.await(
              stage.supervision.submit(
                  Stage.submission("a", ScriptedProgram.spec(60)), RunListener.none()));
      RunHandle second =
          Stage.await(
              stage.supervision.submit(
                  Stage.submission("b", ScriptedProgram.spec(60)), RunListener.none()));
      Stage.await(hang.reached());
      stage.journal.failNextPersisted("supervisor|main", new IllegalStateException("disk gone"));
      hang.released().countDown();
      // It is complete: its own stream says so.
      assertThat(Stage.await(first.settled()).outcome()).isEqualTo(RunOutcome.COMPLETED);
      Settlement waiting = Stage.await(second.settled());
      assertThat(waiting.cause()).contains(AttemptEnd.JOURNAL_FAILED);
      assertThat(waiting.message()).contains("disk gone");
      assertThat(Stage.await(stage.supervision.breakdown())).contains("disk gone");
      assertThat(
              Stage.refusal(
                  stage.supervision.submit(
                      Stage.submission("c", ScriptedProgram.spec(10)), RunListener.none())))
          .contains("the supervisor does not answer");
    }
  }

  @Test
  void a_listener_that_throws_changes_nothing() {
    try (Stage stage = new Stage(Script.learning())) {
      Settlement settlement =
          stage.run(
              "a",
              ScriptedProgram.spec(100),
              (event, sequence) -> {
                throw new IllegalStateException("no terminal");
              });
      assertThat(settlement.outcome()).isEqualTo(RunOutcome.COMPLETED);
    }
  }

  @Test
  void a_trainer_that_dies_fails_its_run_and_frees_its_device() {
    Mishap.Hang hang = Mishap.Hang.once();
    Recorded heard = new Recorded();
    try (Stage stage = new Stage(Script.learning().with(50, hang))) {
      RunHandle handle =
          Stage.await(
              stage.supervision.submit(
                  Stage.submission("a", ScriptedProgram.spec(1_000_000)), heard));
      Stage.await(hang.reached());
      stage.kill("a");
      Settlement settlement = Stage.await(handle.settled());
      assertThat(settlement.outcome()).isEqualTo(RunOutcome.FAILED);
      assertThat(settlement.cause()).contains(AttemptEnd.KILLED);
      assertThat(heard.story())
          .containsExactly(
              "RunSubmitted", "AttemptStarted", "MetricsRecorded", "AttemptEnded", "RunFailed");
      hang.released().countDown();
      assertThat(stage.run("b", ScriptedProgram.spec(10), RunListener.none()).outcome())
          .isEqualTo(RunOutcome.COMPLETED);
      // What it was writing when it died may be durable without having been told.
      assertThat(stage.journalled("a"))
          .containsSubsequence(heard.events())
          .hasSizeLessThanOrEqualTo(heard.events().size() + 3);
    }
  }

  @Test
  void a_supervisor_that_is_killed_leaves_nobody_waiting_and_says_that_it_is_gone() {
    Mishap.Hang hang = Mishap.Hang.once();
    String impatient = "saltus.actors { answer-within = 2 s, close-patience = 20 ms }";
    try (Stage stage = new Stage(Script.learning().with(50, hang), impatient, System::nanoTime)) {
      RunHandle first =
          Stage.await(
              stage.supervision.submit(
                  Stage.submission("a", ScriptedProgram.spec(60)), RunListener.none()));
      RunHandle second =
          Stage.await(
              stage.supervision.submit(
                  Stage.submission("b", ScriptedProgram.spec(60)), RunListener.none()));
      Stage.await(hang.reached());

      stage.killSupervisor();

      assertThat(Stage.await(first.settled()).cause()).contains(AttemptEnd.JOURNAL_FAILED);
      assertThat(Stage.await(second.settled()).message()).contains("the supervisor has stopped");
      assertThat(Stage.await(stage.supervision.breakdown())).contains("the supervisor has stopped");
      hang.released().countDown();
      assertThat(stage.journalled("a")).noneMatch(RunEvent.RunCompleted.class::isInstance);
    }
  }

  @Test
  void a_session_actor_that_is_killed_ends_the_attempt_of_its_run_alone() {
    Mishap.Hang hang = Mishap.Hang.once();
    String impatient = "saltus.actors.close-patience = 20 ms";
    Recorded heard = new Recorded();
    try (Stage stage = new Stage(Script.learning().with(50, hang), impatient, System::nanoTime)) {
      RunHandle handle =
          Stage.await(
              stage.supervision.submit(
                  Stage.submission("a", ScriptedProgram.spec(1_000_000)), heard));
      Stage.await(hang.reached());

      stage.killSession("a");

      Settlement settlement = Stage.await(handle.settled());
      assertThat(settlement.outcome()).isEqualTo(RunOutcome.FAILED);
      assertThat(settlement.cause()).contains(AttemptEnd.EXCEPTION);
      assertThat(heard.story())
          .containsExactly(
              "RunSubmitted", "AttemptStarted", "MetricsRecorded", "AttemptEnded", "RunFailed");
      hang.released().countDown();
      assertThat(stage.run("b", ScriptedProgram.spec(10), RunListener.none()).outcome())
          .isEqualTo(RunOutcome.COMPLETED);
    }
  }

  @Test
  void every_failure_is_decided_at_every_stage() {
    for (FailurePolicy.Failure failure : FailurePolicy.Failure.values()) {
      for (SupervisedRun.Stage stage : SupervisedRun.Stage.values()) {
        assertThat(FailurePolicy.decide(failure, stage)).isNotNull();
      }
    }
    assertThat(FailurePolicy.decide(FailurePolicy.Failure.DIED, SupervisedRun.Stage.CLOSING))
        .isEqualTo(FailurePolicy.Decision.GIVE_UP);
  }

  @Test
  void what_cannot_be_run_is_refused_and_nothing_is_journalled() {
    try (Stage stage = new Stage(Script.learning())) {
      assertThat(
              Stage.refusal(
                  stage.supervision.submit(
                      Stage.submission("a", stage.elsewhere("gpu:0")), RunListener.none())))
          .isEqualTo("there is no device gpu:0; known: cpu:0");
      assertThat(
              Stage.refusal(stage.supervision.annotate(new RunId("nobody"), Stage.note("hello"))))
          .isEqualTo("there is no run nobody");
      assertThat(stage.journalled("a")).isEmpty();
      assertThat(stage.journalled("nobody")).isEmpty();
    }
  }
}
