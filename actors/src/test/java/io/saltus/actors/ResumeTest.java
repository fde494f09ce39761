package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.AttemptEnded;
import io.saltus.experiment.event.RunEvent.AttemptStarted;
import io.saltus.experiment.event.RunEvent.CatchUpVerified;
import io.saltus.experiment.event.RunEvent.CheckpointRejected;
import io.saltus.experiment.event.RunEvent.CheckpointSaved;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.event.RunEvent.RunCompleted;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.UntilRule;
import io.saltus.persistence.projection.RunState;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose process ended without a word, and what the next process makes of them. */
class ResumeTest {

  private static final RunId A = new RunId("a");
  private static final int OVERLAP = 20;
  private static final ExperimentSpec SPEC = DurableHome.saving(50, ScriptedProgram.spec(400));

  @TempDir private Path directory;

  @Test
  void an_interrupted_run_ends_as_if_nobody_had_disturbed_it() {
    DurableHome home = new DurableHome(directory.resolve("home"));
    home.interrupt(Script.learning(), "a", SPEC, 330);
    RunState before = home.read(runs -> runs.state(A));
    Settlement settlement = home.goOn(Script.learning(), "a", SPEC);
    assertThat(settlement.outcome()).isEqualTo(RunOutcome.COMPLETED);
    List<RunEvent> events = home.journalled("a");
    assertThat(Recorded.story(events))
        .containsExactly(
            "RunSubmitted",
            "AttemptStarted",
            "MetricsRecorded",
            "AttemptEnded",
            "RunResumed",
            "AttemptStarted",
            "CatchUpVerified",
            "MetricsRecorded",
            "AttemptEnded",
            "RunCompleted");
    assertThat(all(events, AttemptEnded.class).get(0).cause()).isEqualTo(AttemptEnd.INTERRUPTED);
    AttemptStarted second = all(events, AttemptStarted.class).get(1);
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.fromStep()).isEqualTo(latestSaved(before, before.step() - OVERLAP));
    assertThat(second.fromStep()).isGreaterThanOrEqualTo(200);
    assertThat(all(events, CatchUpVerified.class))
        .containsExactly(new CatchUpVerified(2, second.fromStep() + 1, before.step()));
    assertUndisturbed(home, SPEC);
  }

  @Test
  void wherever_a_run_is_interrupted_twice_it_ends_the_same() {
    Random random = new Random(20260101);
    for (int i = 0; i < 6; i++) {
      long first = 1L + random.nextInt(300);
      long second = first + 1L + random.nextInt((int) (398 - first));
      DurableHome home = new DurableHome(directory.resolve("home-" + i));
      ExperimentSpec spec = DurableHome.saving(1L + random.nextInt(90), ScriptedProgram.spec(400));
      home.interrupt(Script.learning(), "a", spec, first);
      home.interruptAgain(Script.learning(), "a", spec, second);
      assertThat(home.goOn(Script.learning(), "a", spec).outcome())
          .as("interrupted at %d and %d, saved at every %s", first, second, spec.checkpoint())
          .isEqualTo(RunOutcome.COMPLETED);
      assertUndisturbed(home, spec);
      assertThat(all(home.journalled("a"), AttemptStarted.class)).hasSize(3);
    }
  }

  @Test
  void a_rule_that_is_met_after_the_interruption_counts_the_steps_before_it() {
    // Held since step 50, so that it is met at 349: neither attempt has seen 300 such steps.
    UntilRule rule =
        new UntilRule(new MetricName("train.accuracy"), UntilRule.Bound.AT_LEAST, 0.5, 300);
    ExperimentSpec spec = DurableHome.saving(50, ScriptedProgram.spec(400, rule));
    DurableHome home = new DurableHome(directory.resolve("home"));
    home.interrupt(Script.learning(), "a", spec, 330);
    assertThat(home.goOn(Script.learning(), "a", spec).step()).isEqualTo(349);
    List<RunEvent> events = home.journalled("a");
    assertThat(events.get(events.size() - 1)).isEqualTo(new RunCompleted(349, Optional.of(rule)));
    assertUndisturbed(home, spec);
  }

  @Test
  void a_run_that_died_between_its_last_frame_and_its_completion_is_completed() {
    UntilRule rule =
        new UntilRule(new MetricName("train.accuracy"), UntilRule.Bound.AT_LEAST, 1, 6);
    for (ExperimentSpec spec :
        List.of(
            DurableHome.saving(50, ScriptedProgram.spec(400, rule)),
            DurableHome.saving(50, ScriptedProgram.spec(105)))) {
      Path root = directory.resolve("met-" + spec.until().size());
      DurableHome whole = new DurableHome(root.resolve("whole"));
      whole.run(Script.learning(), "a", spec);
      List<RunEvent> events = whole.journalled("a");
      DurableHome home = new DurableHome(root.resolve("torn"));
      home.write("a", events.subList(0, lastFrame(events) + 1));
      copy(whole.checkpoints(), home.checkpoints());
      Settlement settlement = home.goOn(Script.learning(), "a", spec);
      assertThat(settlement.outcome()).isEqualTo(RunOutcome.COMPLETED);
      assertThat(settlement.step()).isEqualTo(105);
      List<RunEvent> after = home.journalled("a");
      assertThat(Recorded.story(after).subList(3, 9))
          .containsExactly(
              "AttemptEnded",
              "RunResumed",
              "AttemptStarted",
              "CatchUpVerified",
              "AttemptEnded",
              "RunCompleted");
      assertThat(after.get(after.size() - 1)).isEqualTo(events.get(events.size() - 1));
      assertThat(all(after, MetricsRecorded.class)).isEqualTo(all(events, MetricsRecorded.class));
      assertThat(latestSaved(home.read(runs -> runs.state(A)), 105)).isEqualTo(105);
      assertUndisturbed(home, spec);
    }
  }

  @Test
  void a_flipped_byte_in_a_checkpoint_costs_time_and_nothing_else() throws IOException {
    DurableHome home = new DurableHome(directory.resolve("home"));
    home.interrupt(Script.learning().withState(1000), "a", SPEC, 330);
    RunState before = home.read(runs -> runs.state(A));
    long best = latestSaved(before, before.step() - OVERLAP);
    Sha256 damaged =
        before.checkpoints().stream()
            .filter(each -> each.step() == best)
            .findFirst()
            .orElseThrow()
            .sha256();
    Path file = home.checkpoints().resolve(damaged + ".safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThat(home.goOn(Script.learning().withState(1000), "a", SPEC).outcome())
        .isEqualTo(RunOutcome.COMPLETED);
    List<RunEvent> events = home.journalled("a");
    assertThat(all(events, CheckpointRejected.class))
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.step()).isEqualTo(best);
              assertThat(rejected.sha256()).isEqualTo(damaged);
              assertThat(rejected.reason()).isNotBlank();
            });
    assertThat(all(events, AttemptStarted.class).get(1).fromStep())
        .isEqualTo(latestSaved(before, best - 1))
        .isLessThan(best);
    assertUndisturbed(home, SPEC);
  }

  @Test
  void without_any_checkpoint_a_run_begins_with_step_0_again() {
    DurableHome home = new DurableHome(directory.resolve("home"));
    home.interrupt(Script.learning(), "a", SPEC, 330);
    RunState before = home.read(runs -> runs.state(A));
    files(home.checkpoints()).forEach(file -> file.toFile().delete());
    assertThat(home.goOn(Script.learning(), "a", SPEC).outcome()).isEqualTo(RunOutcome.COMPLETED);
    List<RunEvent> events = home.journalled("a");
    assertThat(all(events, CheckpointRejected.class)).hasSameSizeAs(before.checkpoints());
    assertThat(all(events, AttemptStarted.class).get(1).fromStep()).isEqualTo(-1);
    assertThat(all(events, CatchUpVerified.class))
        .containsExactly(new CatchUpVerified(2, 0, before.step()));
    assertUndisturbed(home, SPEC);
  }

  @Test
  void a_run_that_died_before_its_first_frame_begins_anew() {
    DurableHome home = new DurableHome(directory.resolve("home"));
    home.interrupt(Script.learning(), "a", SPEC, 0);
    assertThat(home.goOn(Script.learning(), "a", SPEC).outcome()).isEqualTo(RunOutcome.COMPLETED);
    List<RunEvent> events = home.journalled("a");
    assertThat(all(events, CatchUpVerified.class)).isEmpty();
    assertThat(all(events, CheckpointSaved.class).get(0).step()).isZero();
    assertUndisturbed(home, SPEC);
  }

  @Test
  void a_paused_run_goes_on_where_it_was() {
    DurableHome home = new DurableHome(directory.resolve("home"));
    Mishap.Hang hang = Mishap.Hang.once();
    home.process(
        Script.learning().with(120, hang),
        supervision -> {
          RunHandle handle = DurableHome.submit(supervision, "a", SPEC, RunListener.none());
          Stage.await(hang.reached());
          CompletionStage<Done> paused = supervision.pause(A, "enough for today");
          Stage.await(supervision.look());
          hang.released().countDown();
          Stage.await(paused);
          assertThat(Stage.await(handle.settled()).outcome()).isEqualTo(RunOutcome.PAUSED);
        });
    RunState before = home.read(runs -> runs.state(A));
    assertThat(latestSaved(before, before.step())).isEqualTo(before.step());
    assertThat(home.goOn(Script.learning(), "a", SPEC).outcome()).isEqualTo(RunOutcome.COMPLETED);
    assertUndisturbed(home, SPEC);
  }

  @Test
  void another_numeric_environment_leaves_equal_bits_unproved() {
    DurableHome home = new DurableHome(directory.resolve("home"));
    home.interrupt(Script.learning(), "a", SPEC, 330);
    Script elsewhere = Script.learning().withCanary("other kernels", 1);
    assertThat(home.goOn(elsewhere, "a", SPEC).outcome()).isEqualTo(RunOutcome.COMPLETED);
    RunState state = home.read(runs -> runs.state(A));
    assertThat(all(home.journalled("a"), CatchUpVerified.class)).hasSize(1);
    assertThat(state.exactness().exact()).isEmpty();
    assertThat(state.exactness().reason().orElseThrow()).contains("kernel-canary");
    assertThat(home.<Sha256>read(runs -> runs.computeDigest(A))).isEqualTo(undisturbed(SPEC));
  }

  private void assertUndisturbed(DurableHome home, ExperimentSpec spec) {
    Sha256 digest = home.read(runs -> runs.computeDigest(A));
    RunState state = home.read(runs -> runs.state(A));
    assertThat(digest).isEqualTo(undisturbed(spec));
    assertThat(state.exactness().exact()).as("%s", state.exactness()).contains(true);
    long next = 0;
    for (MetricsRecorded recorded : all(home.journalled("a"), MetricsRecorded.class)) {
      assertThat(recorded.frame().from()).isEqualTo(next);
      next = recorded.frame().until() + 1;
    }
  }

  private Sha256 undisturbed(ExperimentSpec spec) {
    DurableHome reference = new DurableHome(directory.resolve("reference-" + spec.hashCode()));
    if (!Files.exists(reference.checkpoints())) {
      reference.run(Script.learning(), "reference", spec);
    }
    return reference.read(runs -> runs.computeDigest(new RunId("reference")));
  }

  private static long latestSaved(RunState state, long until) {
    return state.checkpoints().stream()
        .mapToLong(checkpoint -> checkpoint.step())
        .filter(step -> step <= until)
        .max()
        .orElseThrow();
  }

  private static int lastFrame(List<RunEvent> events) {
    for (int i = events.size() - 1; i >= 0; i--) {
      if (events.get(i) instanceof MetricsRecorded) {
        return i;
      }
    }
    throw new AssertionError("no frame in " + Recorded.story(events));
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to);
      for (Path file : files(from)) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <E extends RunEvent> List<E> all(List<RunEvent> events, Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
