package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.AttemptEnded;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.LeaseGranted;
import io.saltus.experiment.event.SupervisorEvent.LeaseReleased;
import io.saltus.experiment.event.SupervisorEvent.RestartScheduled;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.event.SupervisorEvent.RunPreempted;
import io.saltus.experiment.session.SessionLostException;
import io.saltus.experiment.spec.DeviceKind;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Placing;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run at work gives its device to a more urgent one, and goes on by itself. */
class GivingWayTest {

  private static final RunId LOW = new RunId("low");
  private static final RunId URGENT = new RunId("urgent");
  private static final String GAVE_WAY = "it gave way to run urgent of priority 5";
  private static final long STEPS = 300;

  private final Mishap.Hang hang = Mishap.Hang.once();
  private final Script script = Script.learning().with(140, hang);

  @TempDir private Path directory;

  /** Hears of a run, and why it waits. */
  private static class Hearer implements RunListener {

    private final List<RunEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> waits = new CopyOnWriteArrayList<>();

    @Override
    public void persisted(RunEvent event, long sequence) {
      events.add(event);
    }

    @Override
    public void waits(String why) {
      waits.add(why);
    }

    List<AttemptEnded> ends() {
      return events.stream()
          .filter(AttemptEnded.class::isInstance)
          .map(AttemptEnded.class::cast)
          .toList();
    }
  }

  private static ExperimentSpec spec(long steps, int priority) {
    return Stage.placed(
        DurableHome.saving(50, ScriptedProgram.spec(steps)),
        "auto",
        new Placing(priority, DeviceKind.CPU, Optional.empty(), Optional.empty()));
  }

  private static RunHandle low(Supervision supervision, RunListener listener) {
    return DurableHome.submit(supervision, "low", spec(STEPS, 0), listener);
  }

  private static RunHandle urgent(Supervision supervision) {
    return DurableHome.submit(supervision, "urgent", spec(50, 5), RunListener.none());
  }

  private static List<SupervisorEvent> decided(Stage stage) {
    return stage.journalled("supervisor|main", SupervisorEvent.class);
  }

  private static List<String> begun(Stage stage) {
    return decided(stage).stream()
        .filter(LeaseGranted.class::isInstance)
        .map(event -> ((LeaseGranted) event).run().value())
        .toList();
  }

  private static void completes(RunHandle handle) {
    assertThat(Stage.await(handle.settled()).outcome()).isEqualTo(RunOutcome.COMPLETED);
  }

  /** What a run that was never disturbed comes to. */
  private String undisturbed() {
    DurableHome home = new DurableHome(directory.resolve("undisturbed"));
    home.run(Script.learning(), "low", spec(STEPS, 0));
    return digest(home);
  }

  private static String digest(DurableHome home) {
    return home.read(runs -> runs.computeDigest(LOW)).toString();
  }

  @Test
  void the_run_ends_its_attempt_says_so_and_goes_on_after_the_urgent_one() {
    Hearer hearer = new Hearer();
    try (Stage stage = new Stage(script)) {
      RunHandle low = low(stage.supervision, hearer);
      Stage.await(hang.reached());
      RunHandle urgent = urgent(stage.supervision);
      hang.released().countDown();
      completes(urgent);
      completes(low);

      assertThat(begun(stage)).containsExactly("low", "urgent", "low");
      assertThat(Recorded.story(hearer.events))
          .containsExactly(
              "RunSubmitted",
              "AttemptStarted",
              "MetricsRecorded",
              "AttemptEnded",
              "AttemptStarted",
              "CatchUpVerified",
              "MetricsRecorded",
              "AttemptEnded",
              "RunCompleted");
      assertThat(hearer.ends())
          .containsExactly(
              new AttemptEnded(1, AttemptEnd.PREEMPTED, GAVE_WAY),
              new AttemptEnded(2, AttemptEnd.COMPLETED, ""));
      assertThat(hearer.waits)
          .containsExactly(
              "it gives way to run urgent of priority 5, and goes on by itself",
              "devices are busy: cpu:0 by urgent");
      assertThat(decided(stage))
          .containsSubsequence(
              new RunPreempted(LOW, URGENT),
              new LeaseReleased(1, "its attempt ended: preempted"),
              new RestartScheduled(LOW, AttemptEnd.PREEMPTED, 0));
    }
  }

  @Test
  void it_comes_bit_for_bit_to_where_an_undisturbed_one_comes() {
    DurableHome home = new DurableHome(directory.resolve("home"));
    home.process(
        script,
        supervision -> {
          RunHandle low = low(supervision, RunListener.none());
          Stage.await(hang.reached());
          RunHandle urgent = urgent(supervision);
          hang.released().countDown();
          completes(urgent);
          completes(low);
        });

    List<RunEvent> events = home.journalled("low");
    int end = events.indexOf(new AttemptEnded(1, AttemptEnd.PREEMPTED, GAVE_WAY));
    assertThat(events.get(end - 1))
        .as("the state of its last step is saved")
        .isInstanceOfAny(RunEvent.CheckpointSaved.class, RunEvent.CheckpointDropped.class);
    assertThat(digest(home)).isEqualTo(undisturbed());
  }

  @Test
  void a_run_whose_state_cannot_be_saved_gives_way_all_the_same_and_goes_on_from_an_earlier_one() {
    DurableHome home = new DurableHome(directory.resolve("home"));
    Hearer hearer =
        new Hearer() {
          @Override
          public void persisted(RunEvent event, long sequence) {
            super.persisted(event, sequence);
            if (event instanceof AttemptEnded ended && ended.cause() == AttemptEnd.PREEMPTED) {
              unblock(home.checkpoints());
            }
          }
        };
    home.process(
        script,
        supervision -> {
          RunHandle low = low(supervision, hearer);
          Stage.await(hang.reached());
          RunHandle urgent = urgent(supervision);
          block(home.checkpoints());
          hang.released().countDown();
          completes(urgent);
          completes(low);
        });

    assertThat(hearer.ends()).hasSize(2);
    assertThat(hearer.ends().get(0).cause()).isEqualTo(AttemptEnd.PREEMPTED);
    assertThat(hearer.ends().get(0).message())
        .startsWith(GAVE_WAY + "; the checkpoint of step ")
        .contains("could not be written");
    assertThat(digest(home)).isEqualTo(undisturbed());
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

  private static void unblock(Path checkpoints) {
    try {
      Files.delete(checkpoints);
      Files.move(checkpoints.resolveSibling("elsewhere"), checkpoints);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void where_the_urgent_run_is_cancelled_meanwhile_the_other_begins_again_at_once() {
    Hearer hearer = new Hearer();
    try (Stage stage = new Stage(script)) {
      RunHandle low = low(stage.supervision, hearer);
      Stage.await(hang.reached());
      RunHandle urgent = urgent(stage.supervision);
      Stage.await(stage.supervision.cancel(URGENT, "not needed"));
      assertThat(Stage.await(urgent.settled()).outcome()).isEqualTo(RunOutcome.CANCELLED);
      hang.released().countDown();
      completes(low);

      assertThat(begun(stage)).containsExactly("low", "low");
      assertThat(hearer.ends())
          .extracting(AttemptEnded::cause)
          .containsExactly(AttemptEnd.PREEMPTED, AttemptEnd.COMPLETED);
    }
  }

  @Test
  void a_run_that_is_asked_to_rest_while_it_gives_way_rests() {
    try (Stage stage = new Stage(script)) {
      RunHandle low = low(stage.supervision, RunListener.none());
      Stage.await(hang.reached());
      RunHandle urgent = urgent(stage.supervision);
      CompletionStage<Done> paused = stage.supervision.pause(LOW, "lunch");
      Stage.await(stage.supervision.look());
      hang.released().countDown();
      Stage.await(paused);

      Settlement settlement = Stage.await(low.settled());
      assertThat(settlement.outcome()).isEqualTo(RunOutcome.PAUSED);
      assertThat(settlement.cause()).contains(AttemptEnd.PAUSED);
      completes(urgent);
      assertThat(begun(stage)).containsExactly("low", "urgent");
    }
  }

  @Test
  void a_run_that_is_about_to_rest_is_not_asked_and_nobody_else_is() {
    try (Stage stage = new Stage(script, "", System::nanoTime, Stages.slots(2))) {
      RunHandle low = low(stage.supervision, RunListener.none());
      RunHandle other =
          DurableHome.submit(stage.supervision, "other", spec(STEPS, 0), RunListener.none());
      Stage.await(hang.reached());
      CompletionStage<Done> cancelled = stage.supervision.cancel(LOW, "not needed");
      Stage.await(stage.supervision.look());
      RunHandle urgent = urgent(stage.supervision);
      hang.released().countDown();
      Stage.await(cancelled);
      completes(urgent);
      completes(other);

      assertThat(Stage.await(low.settled()).outcome()).isEqualTo(RunOutcome.CANCELLED);
      assertThat(decided(stage)).noneMatch(RunPreempted.class::isInstance);
    }
  }

  @Test
  void a_run_whose_session_is_lost_while_it_gives_way_is_tried_again() {
    AtomicBoolean lost = new AtomicBoolean();
    Script losing =
        script.beforeStep(
            at -> {
              if (at == 141 && !lost.getAndSet(true)) {
                throw new SessionLostException(AttemptEnd.KILLED, "the worker is gone");
              }
            });
    Hearer hearer = new Hearer();
    try (Stage stage =
        new Stage(losing, "saltus.actors.restart.first-wait = 1 ms", System::nanoTime)) {
      RunHandle low = low(stage.supervision, hearer);
      Stage.await(hang.reached());
      RunHandle urgent = urgent(stage.supervision);
      hang.released().countDown();
      completes(urgent);
      completes(low);

      assertThat(Recorded.story(hearer.events)).doesNotContain("RunPaused", "RunFailed");
      assertThat(begun(stage)).containsExactly("low", "urgent", "low");
    }
  }

  @Test
  void a_process_that_dies_while_a_run_gives_way_loses_nothing_and_runs_nothing_twice() {
    DurableHome home = new DurableHome(directory.resolve("home"));
    home.process(
        script,
        supervision -> {
          low(supervision, RunListener.none());
          Stage.await(hang.reached());
          urgent(supervision);
        });
    hang.released().countDown();
    home.process(
        Script.learning(),
        supervision -> {
          RunHandle urgent =
              DurableHome.resume(supervision, "urgent", spec(50, 5), RunListener.none());
          completes(urgent);
          completes(DurableHome.resume(supervision, "low", spec(STEPS, 0), RunListener.none()));
        });

    assertThat(home.journalled("low"))
        .filteredOn(AttemptEnded.class::isInstance)
        .extracting(event -> ((AttemptEnded) event).cause())
        .containsExactly(AttemptEnd.INTERRUPTED, AttemptEnd.COMPLETED);
    assertThat(digest(home)).isEqualTo(undisturbed());
  }

  @Test
  void a_run_that_executes_recorded_steps_again_gives_way_at_once_and_does_so_once_more() {
    DurableHome home = new DurableHome(directory.resolve("home"));
    home.interrupt(Script.learning(), "low", spec(STEPS, 0), 140);
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    AtomicBoolean first = new AtomicBoolean(true);
    Script again =
        Script.learning()
            .beforeStep(
                at -> {
                  if (at > 50 && first.getAndSet(false)) {
                    reached.countDown();
                    Stage.await(released);
                  }
                });
    home.process(
        again,
        supervision -> {
          RunHandle low =
              DurableHome.resume(supervision, "low", spec(STEPS, 0), RunListener.none());
          Stage.await(reached);
          RunHandle urgent = urgent(supervision);
          Stage.await(supervision.look());
          released.countDown();
          completes(urgent);
          completes(low);
        });

    List<RunEvent> events = home.journalled("low");
    int end = events.indexOf(new AttemptEnded(2, AttemptEnd.PREEMPTED, GAVE_WAY));
    assertThat(events.get(end - 1)).isInstanceOf(RunEvent.AttemptStarted.class);
    assertThat(digest(home)).isEqualTo(undisturbed());
  }
}
