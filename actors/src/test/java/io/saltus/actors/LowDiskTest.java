package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.event.RunEvent.RunPaused;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.DiskRanLow;
import io.saltus.experiment.event.SupervisorEvent.DiskRecovered;
import io.saltus.experiment.event.SupervisorEvent.LeaseGranted;
import io.saltus.experiment.event.SupervisorEvent.LeaseReleased;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Below the floor of free disk runs rest, say so, and go on by themselves. */
class LowDiskTest {

  private static final String LOW = "the disk has 400 MiB left, and 512 MiB are kept free";
  private static final String PAUSED = LOW + "; the run goes on by itself when there is more room";

  private final FakeDisk disk = new FakeDisk();

  /** Hears of a run, and says when it has come to a step. */
  private static final class Hearer implements RunListener {

    private final List<RunEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> waits = new CopyOnWriteArrayList<>();
    private final CountDownLatch under = new CountDownLatch(1);
    private final CountDownLatch paused = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);

    @Override
    public void persisted(RunEvent event, long sequence) {
      events.add(event);
      if (event instanceof MetricsRecorded recorded && recorded.frame().until() >= 20) {
        under.countDown();
      } else if (event instanceof RunPaused) {
        paused.countDown();
      }
    }

    @Override
    public void waits(String why) {
      waits.add(why);
      told.countDown();
    }
  }

  /** However quick the steps are: a run does not come to its end before it is told of its disk. */
  private Stage stage(Hearer hearer) {
    Script script =
        Script.learning()
            .beforeStep(
                at -> {
                  if (at == 200) {
                    Stage.await(hearer.told);
                  }
                });
    return new Stage(script, FakeDisk.SETTINGS, () -> 0, Stages.DEVICES, disk);
  }

  private static RunHandle submit(Stage stage, String run, long steps, RunListener listener) {
    return Stage.await(
        stage.supervision.submit(Stage.submission(run, ScriptedProgram.spec(steps)), listener));
  }

  private static <E extends SupervisorEvent> List<E> decided(Stage stage, Class<E> type) {
    return stage.journalled("supervisor|main", SupervisorEvent.class).stream()
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** A run that has begun, and rests because the disk ran low. */
  private RunHandle parked(Stage stage, Hearer hearer) {
    RunHandle handle = submit(stage, "a", 400, hearer);
    Stage.await(hearer.under);
    disk.free(400);
    Stage.await(hearer.paused);
    await().until(() -> !decided(stage, LeaseReleased.class).isEmpty());
    return handle;
  }

  @Test
  void a_run_pauses_with_a_checkpoint_says_so_and_goes_on_when_there_is_room() {
    Hearer hearer = new Hearer();
    try (Stage stage = stage(hearer)) {
      RunHandle handle = parked(stage, hearer);
      assertThat(handle.settled()).isNotDone();
      disk.free(700);
      assertThat(Stage.await(handle.settled()).outcome()).isEqualTo(RunOutcome.COMPLETED);

      assertThat(hearer.waits).containsExactly(PAUSED);
      assertThat(Recorded.story(hearer.events))
          .containsExactly(
              "RunSubmitted",
              "AttemptStarted",
              "MetricsRecorded",
              "AttemptEnded",
              "RunPaused",
              "RunResumed",
              "AttemptStarted",
              "CatchUpVerified",
              "MetricsRecorded",
              "AttemptEnded",
              "RunCompleted");
      RunPaused paused =
          hearer.events.stream()
              .filter(RunPaused.class::isInstance)
              .map(RunPaused.class::cast)
              .findFirst()
              .orElseThrow();
      assertThat(paused.reason()).isEqualTo(PAUSED);
      assertThat(hearer.events)
          .as("the state in which it rests is saved")
          .anySatisfy(
              event ->
                  assertThat(event)
                      .isInstanceOfSatisfying(
                          RunEvent.CheckpointSaved.class,
                          saved -> assertThat(saved.step()).isEqualTo(paused.step())));
      assertThat(decided(stage, DiskRanLow.class))
          .containsExactly(new DiskRanLow(400 * FakeDisk.MIB, 512 * FakeDisk.MIB));
      assertThat(decided(stage, DiskRecovered.class))
          .containsExactly(new DiskRecovered(700 * FakeDisk.MIB));
    }
  }

  @Test
  void on_a_real_disk_a_run_pauses_and_goes_on_to_the_same_end(@TempDir Path directory)
      throws IOException, InterruptedException {
    Path small = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(SmallDisk.mounts(small), "this user cannot mount a small disk (unshare, mount)");

    List<String> said = SmallDisk.play(LowDiskProcess.class, small);

    DurableHome undisturbed = new DurableHome(directory.resolve("undisturbed"));
    undisturbed.run(Script.learning(), "a", ScriptedProgram.spec(LowDiskProcess.STEPS));
    assertThat(said)
        .containsExactly(
            "filled",
            "waits: the disk has … left, and … are kept free; the run goes on by itself when"
                + " there is more room",
            "paused",
            "resumed",
            "told COMPLETED at " + LowDiskProcess.STEPS,
            "digest " + undisturbed.read(runs -> runs.computeDigest(LowDiskProcess.RUN)));
  }

  @Test
  void a_run_that_rests_goes_on_only_with_a_margin_above_the_floor() {
    Hearer hearer = new Hearer();
    try (Stage stage = stage(hearer)) {
      RunHandle handle = parked(stage, hearer);
      disk.free(600);
      long before = disk.looks();
      // The second look that begins after it has been told of the first.
      await().until(() -> disk.looks() > before + 2);
      assertThat(decided(stage, DiskRecovered.class)).isEmpty();
      disk.free(640);
      assertThat(Stage.await(handle.settled()).outcome()).isEqualTo(RunOutcome.COMPLETED);
    }
  }

  @Test
  void no_run_begins_below_the_floor_and_who_asks_is_told() {
    Hearer hearer = new Hearer();
    disk.free(400);
    try (Stage stage = stage(hearer)) {
      RunHandle handle = submit(stage, "a", 50, hearer);
      await().until(() -> !hearer.waits.isEmpty());
      assertThat(hearer.waits).containsExactly(LOW);
      assertThat(decided(stage, LeaseGranted.class)).isEmpty();

      disk.free(5000);
      assertThat(Stage.await(handle.settled()).outcome()).isEqualTo(RunOutcome.COMPLETED);
    }
  }

  @Test
  void when_all_runs_are_to_rest_none_goes_on_by_itself() {
    Hearer hearer = new Hearer();
    try (Stage stage = stage(hearer)) {
      RunHandle handle = parked(stage, hearer);
      Stage.await(stage.supervision.pauseAll("the end of the day"));

      Settlement settlement = Stage.await(handle.settled());
      assertThat(settlement.outcome()).isEqualTo(RunOutcome.PAUSED);
      assertThat(settlement.cause()).contains(AttemptEnd.PAUSED);
      assertThat(settlement.message()).isEqualTo(PAUSED);
    }
  }

  @Test
  void a_run_that_rests_for_room_can_be_cancelled_and_is_not_taken_in_twice() {
    Hearer hearer = new Hearer();
    try (Stage stage = stage(hearer)) {
      RunHandle handle = parked(stage, hearer);
      assertThat(
              Stage.refusal(
                  stage.supervision.submit(
                      Stage.submission("a", ScriptedProgram.spec(10)), RunListener.none())))
          .isEqualTo("run a rests until there is room on the disk, then goes on");
      Stage.await(stage.supervision.cancel(new RunId("a"), "not needed"));

      assertThat(Stage.await(handle.settled()).outcome()).isEqualTo(RunOutcome.CANCELLED);
      disk.free(5000);
      await().until(() -> !decided(stage, DiskRecovered.class).isEmpty());
      assertThat(decided(stage, LeaseGranted.class)).hasSize(1);
    }
  }
}
