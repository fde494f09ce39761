package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.actors.study.StudyOrder;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.StudyEvent.RunRefused;
import io.saltus.experiment.event.StudyEvent.StudyOutcome;
import io.saltus.experiment.event.StudyEvent.StudyRested;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

/** Studies whose runs a supervisor does, and how they come to rest. */
class StudySupervisionTest {

  @Test
  void a_pause_of_everything_brings_studies_and_runs_to_rest_and_is_answered_after_that() {
    Mishap.Hang hang = Mishap.Hang.once();
    try (Stage stage = StudyScene.stage(Script.learning().with(50, hang), 1);
        SupervisedDesk desk = new SupervisedDesk(stage)) {
      CountDownLatch begun = new CountDownLatch(3);
      desk.before(
          call -> {
            if (call.startsWith("begun")) {
              begun.countDown();
            }
          });
      StudyOrder order = StudyScene.order(desk, 3, StudyScene.nobody());
      Stage.await(stage.supervision.conduct(order));
      Stage.await(hang.reached());
      Stage.await(begun);
      CompletionStage<Done> paused = stage.supervision.pauseAll("the end of the day");
      StudyOrder late = StudyScene.goingOn(desk);
      assertThat(Stage.refusal(stage.supervision.conduct(late)))
          .isEqualTo("runs are being paused; no new one is accepted");
      assertThat(paused.toCompletableFuture()).isNotDone();
      hang.released().countDown();

      Stage.await(paused);
      assertThat(StudyScene.events(stage, StudyRested.class))
          .containsExactly(new StudyRested(StudyOutcome.PAUSED, "the end of the day"));
      assertThat(order.settled()).isCompleted();
      assertThat(StudyScene.events(stage, RunRefused.class)).isEmpty();
      assertThat(
              List.of(
                  StudyScene.status(stage, 1),
                  StudyScene.status(stage, 2),
                  StudyScene.status(stage, 3)))
          .containsExactly("paused", "queued", "queued");

      StudyOrder again = StudyScene.goingOn(desk);
      Stage.await(stage.supervision.conduct(again));
      assertThat(Stage.await(again.settled()).outcome()).isEqualTo(StudyOutcome.COMPLETED);
      assertThat(StudyScene.computed(desk)).isEqualTo(StudyScene.calm());
    }
  }

  @Test
  void a_study_that_is_to_rest_does_not_wait_for_runs_that_wait_for_devices() {
    Mishap.Hang hang = Mishap.Hang.once();
    try (Stage stage = StudyScene.stage(Script.learning().with(50, hang), 1);
        SupervisedDesk desk = new SupervisedDesk(stage)) {
      CountDownLatch begun = new CountDownLatch(4);
      desk.before(
          call -> {
            if (call.startsWith("begun")) {
              begun.countDown();
            }
          });
      StudyOrder order = StudyScene.order(desk, 4, StudyScene.nobody());
      Stage.await(stage.supervision.conduct(order));
      Stage.await(hang.reached());
      Stage.await(begun);
      RunHandle last = Stage.await(stage.supervision.join(StudyScene.run(4))).orElseThrow();
      CompletionStage<Done> rested = StudyScene.rest(stage);
      // It is the last that is asked to rest, so the one at work has been asked by then.
      assertThat(Stage.await(last.settled()).outcome()).isEqualTo(RunOutcome.PAUSED);
      assertThat(rested.toCompletableFuture()).isNotDone();
      hang.released().countDown();
      Stage.await(rested);

      assertThat(Stage.await(order.settled()).outcome()).isEqualTo(StudyOutcome.PAUSED);
      List<String> statuses = new ArrayList<>();
      for (int number = 1; number <= 4; number++) {
        statuses.add(StudyScene.status(stage, number));
      }
      assertThat(statuses).containsExactly("paused", "queued", "queued", "queued");
    }
  }

  @Test
  void an_unattended_run_tries_a_failure_of_the_computation_once_more_and_takes_the_proof() {
    Script script = Script.learning().with(40, new Mishap.Failure("singular"));
    try (Stage stage = StudyScene.stage(script, 1)) {
      Recorded heard = new Recorded();
      Settlement settlement =
          Stage.await(
              Stage.await(
                      stage.supervision.submit(
                          Stage.submission("a", ScriptedProgram.spec(100)),
                          Attendance.UNATTENDED,
                          heard))
                  .settled());
      assertThat(settlement.outcome()).isEqualTo(RunOutcome.FAILED);
      assertThat(settlement.step()).isEqualTo(39);
      assertThat(settlement.message()).startsWith("singular (twice at the same step");
      assertThat(heard.events()).filteredOn(RunEvent.AttemptStarted.class::isInstance).hasSize(2);

      Recorded watched = new Recorded();
      assertThat(stage.run("b", ScriptedProgram.spec(100), watched).message())
          .as("somebody waits for this one")
          .isEqualTo("singular");
    }
  }
}
