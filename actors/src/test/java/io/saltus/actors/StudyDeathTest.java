package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.actors.study.StudyCommand;
import io.saltus.actors.study.StudyOrder;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.event.StudyEvent.StudyOutcome;
import io.saltus.experiment.event.StudyEvent.StudySubmitted;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Studies whose actor dies, and what the next one makes of it. */
class StudyDeathTest {

  @ParameterizedTest
  @ValueSource(strings = {"look", "begin s.1", "begun s.1", "begun s.2", "begin s.3", "finish s.1"})
  void an_actor_that_dies_anywhere_is_followed_by_another_and_nothing_is_done_twice(String where) {
    try (Stage stage = StudyScene.stage(Script.learning(), 2);
        SupervisedDesk desk = new SupervisedDesk(stage)) {
      CountDownLatch started = new CountDownLatch(where.equals("look") ? 1 : 2);
      AtomicInteger deaths = new AtomicInteger(1);
      desk.before(
          call -> {
            if (call.equals(where) && deaths.getAndDecrement() > 0) {
              StudyScene.kill(stage);
            }
          });
      StudyOrder order = StudyScene.order(desk, 2, new StudyScene.Starts(started));
      Stage.await(stage.supervision.conduct(order));

      assertThat(Stage.await(order.settled()).outcome()).isEqualTo(StudyOutcome.COMPLETED);
      Stage.await(started);
      StudyScene.assertDoneOnce(stage, desk);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"look", "begin s.1", "extended s.1", "begun s.1", "begin s.4", "finish s.1"})
  void an_extended_study_whose_actor_dies_anywhere_extends_each_run_once(String where) {
    try (Stage stage = StudyScene.stage(Script.learning(), 2);
        SupervisedDesk desk = new SupervisedDesk(stage)) {
      StudyOrder order = StudyScene.order(desk, 2, StudyScene.nobody());
      Stage.await(stage.supervision.conduct(order));
      Stage.await(order.settled());
      AtomicInteger deaths = new AtomicInteger(1);
      desk.before(
          call -> {
            if (call.equals(where) && deaths.getAndDecrement() > 0) {
              StudyScene.kill(stage);
            }
          });

      StudyOrder extended = StudyScene.goingOn(desk, new StudyEvent.StudyExtended(160));
      Stage.await(stage.supervision.conduct(extended));

      assertThat(Stage.await(extended.settled()).outcome()).isEqualTo(StudyOutcome.COMPLETED);
      assertThat(StudyScene.events(stage, StudyEvent.StudyExtended.class)).hasSize(1);
      for (int run = 1; run <= 4; run++) {
        assertThat(stage.journalled(StudyScene.run(run).value()))
            .filteredOn(RunEvent.RunExtended.class::isInstance)
            .as("run %d", run)
            .containsExactly(new RunEvent.RunExtended(160));
        assertThat(StudyScene.state(stage, run).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(StudyScene.state(stage, run).step()).isEqualTo(160);
      }
    }
  }

  @Test
  void an_actor_that_follows_joins_the_runs_that_went_on_meanwhile() {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch both = new CountDownLatch(2);
    Script script =
        Script.learning()
            .beforeStep(
                at -> {
                  if (at == 50) {
                    both.countDown();
                    Stage.await(held);
                  }
                });
    try (Stage stage = StudyScene.stage(script, 2);
        SupervisedDesk desk = new SupervisedDesk(stage)) {
      CountDownLatch rejoined = new CountDownLatch(4);
      desk.before(
          call -> {
            if (call.startsWith("begun")) {
              rejoined.countDown();
            }
          });
      StudyOrder order = StudyScene.order(desk, 2, StudyScene.nobody());
      Stage.await(stage.supervision.conduct(order));
      Stage.await(both);
      StudyScene.kill(stage);
      Stage.await(rejoined);
      held.countDown();

      assertThat(Stage.await(order.settled()).outcome()).isEqualTo(StudyOutcome.COMPLETED);
      StudyScene.assertDoneOnce(stage, desk);
    }
  }

  @Test
  void after_three_deaths_the_study_is_given_up_and_its_runs_go_on() {
    Mishap.Hang hang = Mishap.Hang.once();
    try (Stage stage = StudyScene.stage(Script.learning().with(50, hang), 1);
        SupervisedDesk desk = new SupervisedDesk(stage)) {
      AtomicInteger looks = new AtomicInteger();
      desk.before(
          call -> {
            if (call.equals("look") && looks.getAndIncrement() > 0) {
              StudyScene.kill(stage);
            }
          });
      StudyOrder order = StudyScene.order(desk, 1, StudyScene.nobody());
      Stage.await(stage.supervision.conduct(order));
      Stage.await(hang.reached());
      Optional<RunHandle> first = Stage.await(stage.supervision.join(StudyScene.run(1)));
      StudyScene.kill(stage);

      assertThat(Stage.refusal(order.settled())).startsWith("the study's actor died: ");
      assertThat(looks).hasValue(3);
      hang.released().countDown();
      assertThat(Stage.await(first.orElseThrow().settled()).outcome())
          .isEqualTo(RunOutcome.COMPLETED);

      // What is in the journal can still be brought to its end.
      desk.before(call -> {});
      StudyOrder again = StudyScene.goingOn(desk);
      Stage.await(stage.supervision.conduct(again));
      assertThat(Stage.await(again.settled()).outcome()).isEqualTo(StudyOutcome.COMPLETED);
      StudyScene.assertDoneOnce(stage, desk);
    }
  }

  @Test
  void who_asked_a_dying_actor_for_rest_is_answered_by_the_next() {
    Mishap.Hang hang = Mishap.Hang.once();
    try (Stage stage = StudyScene.stage(Script.learning().with(50, hang), 1);
        SupervisedDesk desk = new SupervisedDesk(stage)) {
      CountDownLatch second = new CountDownLatch(2);
      CountDownLatch asked = new CountDownLatch(1);
      desk.before(
          call -> {
            if (call.equals("asked to rest s.1")) {
              asked.countDown();
            }
          });
      StudyOrder order = StudyScene.order(desk, 1, new StudyScene.Starts(second));
      Stage.await(stage.supervision.conduct(order));
      Stage.await(hang.reached());
      CompletionStage<Done> rested = StudyScene.rest(stage);
      // Behind the rest in the mailbox of the supervisor, so that the study has been told.
      Stage.await(stage.supervision.look());
      StudyScene.kill(stage);
      Stage.await(second);
      Stage.await(asked);
      // Behind that, so that the run has been told.
      Stage.await(stage.supervision.look());
      assertThat(rested.toCompletableFuture()).isNotDone();
      hang.released().countDown();

      Stage.await(rested);
      assertThat(Stage.await(order.settled()).outcome()).isEqualTo(StudyOutcome.PAUSED);
      assertThat(StudyScene.status(stage, 1)).isEqualTo("paused");
      assertThat(stage.journalled(StudyScene.run(2).value())).isEmpty();
    }
  }

  @Test
  void an_actor_whose_write_fails_is_followed_by_one_that_reads_what_is_there() {
    try (Stage stage = StudyScene.stage(Script.learning(), 2);
        SupervisedDesk desk = new SupervisedDesk(stage)) {
      stage.journal.failNextPersisted("study|" + StudyScene.STUDY);
      StudyOrder order = StudyScene.order(desk, 2, StudyScene.nobody());
      Stage.await(stage.supervision.conduct(order));
      assertThat(Stage.await(order.settled()).outcome()).isEqualTo(StudyOutcome.COMPLETED);
      assertThat(StudyScene.events(stage, StudySubmitted.class))
          .containsExactly(StudyScene.submitted());
      StudyScene.assertDoneOnce(stage, desk);
    }
  }

  @Test
  void who_asks_something_of_a_study_that_cannot_be_read_is_told() {
    try (Stage stage = StudyScene.stage(Script.learning(), 1)) {
      stage.journal.failNextRead("study|" + StudyScene.STUDY);
      assertThat(
              Stage.refusal(
                  stage.supervision.hand(
                      StudyScene.STUDY,
                      to -> new StudyCommand.Note(new StudyEvent.StudyDeleted(), to))))
          .startsWith("the study's actor died: ");
    }
  }

  @Test
  void a_study_whose_stream_cannot_be_read_three_times_is_given_up_and_who_began_it_is_told() {
    try (Stage stage = StudyScene.stage(Script.learning(), 1);
        SupervisedDesk desk = new SupervisedDesk(stage)) {
      stage.journal.failNextNReads("study|" + StudyScene.STUDY, 3);
      StudyOrder order = StudyScene.order(desk, 1, StudyScene.nobody());
      assertThat(Stage.refusal(stage.supervision.conduct(order)))
          .startsWith("the study's actor died: ");
      assertThat(order.settled()).failsWithin(Duration.ofMinutes(1));
    }
  }
}
