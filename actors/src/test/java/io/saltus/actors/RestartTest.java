package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.SessionLostException;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs whose attempts end badly, and are tried again. */
class RestartTest {

  private static final String QUICK =
      """
      saltus.actors.restart { budget = 3, first-wait = 1 ms, longest-wait = 2 ms }
      """;
  private static final String ALL = QUICK + "saltus.actors.restart.of-computation = on\n";

  /** The session is lost at a step, so many times. */
  private static Script losing(long step, int times, AttemptEnd cause) {
    AtomicInteger left = new AtomicInteger(times);
    return Script.learning()
        .beforeStep(
            at -> {
              if (at == step && left.getAndDecrement() > 0) {
                throw new SessionLostException(cause, "the worker is gone");
              }
            });
  }

  private static void completeAtOnce(Stage stage, String... runs) {
    List<CompletionStage<Settlement>> settled =
        Stream.of(runs)
            .map(
                run ->
                    Stage.await(
                            stage.supervision.submit(
                                Stage.submission(run, ScriptedProgram.spec(50)),
                                RunListener.none()))
                        .settled())
            .toList();
    settled.forEach(
        each -> assertThat(Stage.await(each).outcome()).isEqualTo(RunOutcome.COMPLETED));
  }

  @Test
  void a_run_whose_session_is_lost_goes_on_and_proves_that_it_is_the_same_run() {
    try (Stage stage = new Stage(losing(140, 2, AttemptEnd.KILLED), QUICK, System::nanoTime)) {
      Recorded heard = new Recorded();
      Settlement settlement = stage.run("a", ScriptedProgram.spec(300), heard);

      assertThat(settlement.outcome()).isEqualTo(RunOutcome.COMPLETED);
      assertThat(settlement.step()).isEqualTo(300);
      assertThat(heard.story())
          .startsWith("RunSubmitted", "AttemptStarted", "MetricsRecorded", "AttemptEnded")
          .endsWith("AttemptEnded", "RunCompleted")
          .doesNotContain("RunFailed", "RunPaused");
      assertThat(heard.events().stream().filter(RunEvent.AttemptStarted.class::isInstance).count())
          .isEqualTo(3);
      assertThat(heard.events().stream().filter(RunEvent.CatchUpVerified.class::isInstance).count())
          .isEqualTo(2);
      assertThat(heard.frames().stream().mapToLong(frame -> frame.until() - frame.from() + 1).sum())
          .as("every step once, with step 0")
          .isEqualTo(301);
    }
  }

  @Test
  void the_supervisor_gives_the_device_back_between_attempts_and_says_why() {
    try (Stage stage = new Stage(losing(140, 1, AttemptEnd.HUNG), QUICK, System::nanoTime)) {
      stage.run("a", ScriptedProgram.spec(300), RunListener.none());

      List<String> story =
          stage.journalled("supervisor|main", SupervisorEvent.class).stream()
              .map(event -> event.getClass().getSimpleName())
              .toList();
      assertThat(story)
          .startsWith(
              "RunEnqueued", "LeaseGranted", "LeaseReleased", "RestartScheduled", "LeaseGranted");
      assertThat(stage.journalled("supervisor|main", SupervisorEvent.class))
          .contains(new SupervisorEvent.LeaseReleased(1, "its attempt ended: hung"));
    }
  }

  @Test
  void a_run_that_comes_to_no_new_step_fails_when_its_budget_is_used_up() {
    try (Stage stage =
        new Stage(losing(140, 1_000, AttemptEnd.OUT_OF_MEMORY), QUICK, System::nanoTime)) {
      Settlement settlement = stage.run("a", ScriptedProgram.spec(300), RunListener.none());

      assertThat(settlement.outcome()).isEqualTo(RunOutcome.FAILED);
      assertThat(settlement.cause()).contains(AttemptEnd.OUT_OF_MEMORY);
      assertThat(settlement.message())
          .isEqualTo("the worker is gone (4 attempts in a row came to no new step)");
    }
  }

  @Test
  void an_exception_at_the_same_step_twice_fails_the_run_at_once() {
    Script script = Script.learning().with(140, new Mishap.Failure("singular"));
    try (Stage stage = new Stage(script, ALL, System::nanoTime)) {
      Recorded heard = new Recorded();
      Settlement settlement = stage.run("a", ScriptedProgram.spec(300), heard);

      assertThat(settlement.outcome()).isEqualTo(RunOutcome.FAILED);
      assertThat(settlement.step()).as("the step before it, exactly").isEqualTo(139);
      assertThat(settlement.message()).startsWith("singular (twice at the same step");
      assertThat(heard.events().stream().filter(RunEvent.AttemptStarted.class::isInstance).count())
          .isEqualTo(2);
    }
  }

  @Test
  void an_exception_that_does_not_come_back_is_gone_over() {
    AtomicInteger left = new AtomicInteger(1);
    Script script =
        Script.learning()
            .beforeStep(
                at -> {
                  if (at == 140 && left.getAndDecrement() > 0) {
                    throw new IllegalStateException("a cosmic ray");
                  }
                });
    try (Stage stage = new Stage(script, ALL, System::nanoTime)) {
      assertThat(stage.run("a", ScriptedProgram.spec(300), RunListener.none()).outcome())
          .isEqualTo(RunOutcome.COMPLETED);
    }
  }

  @Test
  void a_value_that_is_not_finite_twice_fails_the_run_without_a_further_step() {
    Script script =
        Script.learning().with(77, new Mishap.Value(new MetricName("train.loss"), Double.NaN));
    try (Stage stage = new Stage(script, ALL, System::nanoTime)) {
      Recorded heard = new Recorded();
      Settlement settlement = stage.run("a", ScriptedProgram.spec(300), heard);

      assertThat(settlement.outcome()).isEqualTo(RunOutcome.FAILED);
      assertThat(settlement.cause()).contains(AttemptEnd.NON_FINITE);
      assertThat(settlement.step()).isEqualTo(77);
      assertThat(settlement.message())
          .isEqualTo(
              "train.loss was not finite at step 77, and was so again when the steps were executed"
                  + " once more: in a deterministic run that proves that a further try is"
                  + " pointless");
      assertThat(heard.story())
          .containsSubsequence(
              "NonFiniteObserved",
              "AttemptEnded",
              "AttemptStarted",
              "CatchUpVerified",
              "AttemptEnded",
              "RunFailed");
    }
  }

  @Test
  void a_run_that_backs_off_rests_when_all_runs_are_to_rest() {
    CountDownLatch lost = new CountDownLatch(1);
    Script script =
        Script.learning()
            .beforeStep(
                at -> {
                  if (at == 20) {
                    lost.countDown();
                    throw new SessionLostException(AttemptEnd.KILLED, "the worker is gone");
                  }
                });
    String patient = "saltus.actors.restart { first-wait = 1 hour, longest-wait = 1 hour }";
    try (Stage stage = new Stage(script, patient, System::nanoTime)) {
      RunHandle handle =
          Stage.await(
              stage.supervision.submit(
                  Stage.submission("a", ScriptedProgram.spec(300)), RunListener.none()));
      Stage.await(lost);
      Stage.await(stage.supervision.pauseAll("the end of the day"));

      assertThat(Stage.await(handle.settled()).outcome()).isEqualTo(RunOutcome.PAUSED);
    }
  }

  @Test
  void runs_of_one_thread_are_at_work_on_all_slots_at_once() {
    CountDownLatch both = new CountDownLatch(2);
    Script script =
        Script.learning()
            .beforeStep(
                at -> {
                  if (at == 5) {
                    both.countDown();
                    Stage.await(both);
                  }
                });
    try (Stage stage = new Stage(script, "", System::nanoTime, Stages.slots(2))) {
      completeAtOnce(stage, "a", "b");
      assertThat(stage.program.requests().stream().flatMap(request -> request.devices().stream()))
          .hasSize(2)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void a_device_on_which_three_runs_fail_in_a_row_is_drained_and_tried_again_later() {
    // Nobody is tried again here, so the three fail one after the other, whatever takes how long.
    String settings =
        """
        saltus.actors { drained-for = 20 ms, restart { first-wait = 1 hour, longest-wait = 1 hour } }
        """;
    Script script = losing(10, 3, AttemptEnd.DEVICE_LOST);
    try (Stage stage = new Stage(script, settings, System::nanoTime)) {
      for (String run : List.of("a", "b", "c")) {
        Stage.await(
            stage.supervision.submit(
                Stage.submission(run, ScriptedProgram.spec(50)), RunListener.none()));
      }
      SupervisorEvent restored = new SupervisorEvent.DeviceRestored(new DeviceId("cpu", 0));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> stage.journalled("supervisor|main", SupervisorEvent.class).contains(restored));

      assertThat(stage.journalled("supervisor|main", SupervisorEvent.class))
          .filteredOn(SupervisorEvent.DeviceDrained.class::isInstance)
          .singleElement()
          .extracting(event -> ((SupervisorEvent.DeviceDrained) event).reason())
          .isEqualTo(
              "3 different runs failed on it in a row, the last one of 'device-lost': a, b, c");
    }
  }

  @Test
  void a_device_on_which_a_third_run_fails_for_good_is_drained() {
    AtomicBoolean lost = new AtomicBoolean(true);
    Script script =
        Script.learning()
            .beforeStep(
                at -> {
                  if (at == 10 && lost.get()) {
                    throw new SessionLostException(AttemptEnd.DEVICE_LOST, "the GPU is lost");
                  }
                });
    String once =
        "saltus.actors.restart { budget = 1, first-wait = 1 ms, longest-wait = 2 ms }\n"
            + "saltus.actors.drained-for = 20 ms";
    try (Stage stage = new Stage(script, once, System::nanoTime)) {
      assertThat(failure(stage, "c")).contains(AttemptEnd.DEVICE_LOST);
      lost.set(false);
      completeAtOnce(stage, "good");
      lost.set(true);
      failure(stage, "a");
      failure(stage, "b");
      assertThat(stage.journalled("supervisor|main", SupervisorEvent.class))
          .noneMatch(SupervisorEvent.DeviceDrained.class::isInstance);

      // What it tried before is in its journal, so its next attempt is its last.
      assertThat(
              Stage.await(
                      Stage.await(
                              stage.supervision.resume(
                                  new Resumption(
                                      new RunId("c"), ScriptedProgram.spec(50), new TreeMap<>()),
                                  RunListener.none()))
                          .settled())
                  .outcome())
          .isEqualTo(RunOutcome.FAILED);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  stage
                      .journalled("supervisor|main", SupervisorEvent.class)
                      .contains(new SupervisorEvent.DeviceRestored(new DeviceId("cpu", 0))));
      assertThat(stage.journalled("supervisor|main", SupervisorEvent.class))
          .contains(
              new SupervisorEvent.DeviceDrained(
                  new DeviceId("cpu", 0),
                  "3 different runs failed on it in a row, the last one of 'device-lost': a, b,"
                      + " c"));
    }
  }

  private static Optional<AttemptEnd> failure(Stage stage, String run) {
    return stage.run(run, ScriptedProgram.spec(50), RunListener.none()).cause();
  }

  @Test
  void runs_that_fail_of_themselves_do_not_speak_against_their_device() {
    Script script = Script.learning().with(10, new Mishap.Failure("singular"));
    try (Stage stage = new Stage(script, ALL, System::nanoTime)) {
      for (String run : List.of("a", "b", "c", "d")) {
        assertThat(stage.run(run, ScriptedProgram.spec(50), RunListener.none()).outcome())
            .isEqualTo(RunOutcome.FAILED);
      }

      assertThat(stage.journalled("supervisor|main", SupervisorEvent.class))
          .noneMatch(SupervisorEvent.DeviceDrained.class::isInstance);
    }
  }
}
