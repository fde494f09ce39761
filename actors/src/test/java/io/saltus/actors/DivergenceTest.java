package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.Diverged;
import io.saltus.experiment.event.RunEvent.HistoryRewound;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.event.RunEvent.RunCompleted;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.UntilRule;
import io.saltus.persistence.projection.CheckpointState;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.StepRange;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose recorded steps come out otherwise when they are executed again. */
class DivergenceTest {

  private static final RunId A = new RunId("a");
  private static final MetricName LOSS = new MetricName("train.loss");
  private static final MetricName ACCURACY = new MetricName("train.accuracy");

  @TempDir private Path directory;

  @Test
  void a_run_that_diverges_fails_and_its_history_stays() {
    ExperimentSpec spec = DurableHome.saving(50, ScriptedProgram.spec(400));
    DurableHome home = new DurableHome(directory);
    home.interrupt(Script.learning(), "a", spec, 330);
    RunState before = home.read(runs -> runs.state(A));
    long step = before.step() - 5;
    Settlement settlement = home.goOn(Script.learning().differing(LOSS, step, 7, 1), "a", spec);
    assertThat(settlement.outcome()).isEqualTo(RunOutcome.FAILED);
    assertThat(settlement.cause()).contains(AttemptEnd.DIVERGED);
    assertThat(settlement.message()).contains("step " + step, "train.loss", "7");
    List<RunEvent> events = home.journalled("a");
    assertThat(Recorded.story(events))
        .containsExactly(
            "RunSubmitted",
            "AttemptStarted",
            "MetricsRecorded",
            "AttemptEnded",
            "RunResumed",
            "AttemptStarted",
            "Diverged",
            "AttemptEnded",
            "RunFailed");
    Diverged diverged = only(events, Diverged.class);
    assertThat(diverged.step()).isEqualTo(step);
    assertThat(diverged.subject()).isEqualTo("train.loss");
    assertThat(Double.parseDouble(diverged.recomputed())).isEqualTo(7);
    RunState after = home.read(runs -> runs.state(A));
    assertThat(after.step()).isEqualTo(before.step());
    assertThat(after.exactness().exact()).contains(false);
    assertThat(after.checkpoints()).isEqualTo(before.checkpoints());
  }

  @Test
  void a_run_that_failed_by_a_divergence_can_go_on_elsewhere() {
    ExperimentSpec spec = DurableHome.saving(50, ScriptedProgram.spec(400));
    DurableHome home = new DurableHome(directory);
    home.interrupt(Script.learning(), "a", spec, 330);
    long step = home.read(runs -> runs.state(A)).step();
    home.goOn(Script.learning().differing(LOSS, step, 7, 1), "a", spec);
    assertThat(home.goOn(Script.learning(), "a", spec).outcome()).isEqualTo(RunOutcome.COMPLETED);
    assertThat(home.read(runs -> runs.state(A)).exactness().exact()).contains(false);
  }

  @Test
  void a_run_that_is_to_go_on_rewinds_its_history_and_is_never_exact_again() {
    ExperimentSpec spec = DurableHome.flagging(DurableHome.saving(50, ScriptedProgram.spec(400)));
    DurableHome home = new DurableHome(directory);
    home.interrupt(Script.learning(), "a", spec, 330);
    RunState before = home.read(runs -> runs.state(A));
    long step = before.step() - 5;
    ScriptedProgram program = new ScriptedProgram(Script.learning().differing(LOSS, step, 7, 1));
    assertThat(home.goOn(program, "a", spec).outcome()).isEqualTo(RunOutcome.COMPLETED);
    List<RunEvent> events = home.journalled("a");
    assertThat(Recorded.story(events).subList(5, 10))
        .containsExactly(
            "AttemptStarted", "Diverged", "HistoryRewound", "MetricsRecorded", "AttemptEnded");
    long rewoundTo = only(events, HistoryRewound.class).toStep();
    assertThat(rewoundTo).isLessThan(step).isPositive();
    RunState after = home.read(runs -> runs.state(A));
    assertThat(after.step()).isEqualTo(400);
    assertThat(after.exactness().exact()).contains(false);
    assertThat(lossAt(home, step)).isEqualTo(7);
    assertThat(program.sessions()).hasSize(1);
    assertThat(after.checkpoints().stream().filter(each -> each.attempt() == 2).toList())
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.step()).isGreaterThan(rewoundTo));
  }

  @Test
  void what_was_saved_beyond_a_rewind_is_dropped_with_it_and_its_file_goes() {
    ExperimentSpec spec = DurableHome.flagging(DurableHome.saving(50, ScriptedProgram.spec(390)));
    DurableHome home = new DurableHome(directory);
    home.run(Script.learning(), "a", spec);
    home.process(Script.learning(), supervision -> Stage.await(supervision.extend(A, 450)));
    CheckpointState last =
        home.read(runs -> runs.state(A)).checkpoints().stream()
            .filter(each -> each.step() == 390)
            .findFirst()
            .orElseThrow();

    home.goOn(Script.learning().differing(LOSS, 385, 7, 1), "a", spec);

    List<RunEvent> events = home.journalled("a");
    int rewind = events.indexOf(only(events, HistoryRewound.class));
    assertThat(only(events, HistoryRewound.class).toStep()).isEqualTo(350);
    assertThat(events.subList(rewind - 2, rewind))
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(Diverged.class),
            second ->
                assertThat(second).isEqualTo(new RunEvent.CheckpointDropped(390, last.sha256())));
    assertThat(home.checkpoints().resolve(last.sha256().hex() + ".safetensors")).doesNotExist();
    assertThat(home.read(runs -> runs.state(A)).checkpoints())
        .extracting(CheckpointState::step)
        .contains(350L, 450L)
        .doesNotContain(390L);
  }

  @Test
  void a_run_without_checkpoints_is_rewound_to_before_step_0() {
    ExperimentSpec spec = DurableHome.flagging(DurableHome.saving(50, ScriptedProgram.spec(120)));
    DurableHome home = new DurableHome(directory);
    home.interrupt(Script.learning(), "a", spec, 90);
    for (java.io.File file : home.checkpoints().toFile().listFiles()) {
      assertThat(file.delete()).isTrue();
    }
    ScriptedProgram program = new ScriptedProgram(Script.learning().differing(LOSS, 3, 7, 1));
    assertThat(home.goOn(program, "a", spec).outcome()).isEqualTo(RunOutcome.COMPLETED);
    assertThat(only(home.journalled("a"), HistoryRewound.class).toStep()).isEqualTo(-1);
    assertThat(program.sessions()).hasSize(2);
    RunState after = home.read(runs -> runs.state(A));
    assertThat(after.step()).isEqualTo(120);
    assertThat(after.checkpoints()).anyMatch(each -> each.step() == 0 && each.attempt() == 2);
  }

  @Test
  void rules_are_judged_by_the_history_that_counts() {
    // Met at 149 by the first history; the second one breaks the stretch at 110.
    UntilRule rule = new UntilRule(ACCURACY, UntilRule.Bound.AT_LEAST, 1, 50);
    ExperimentSpec spec =
        DurableHome.flagging(DurableHome.saving(50, ScriptedProgram.spec(400, rule)));
    DurableHome whole = new DurableHome(directory.resolve("whole"));
    whole.run(Script.learning(), "a", spec);
    List<RunEvent> events = whole.journalled("a");
    int end = events.size();
    while (!(events.get(end - 1) instanceof MetricsRecorded)) {
      end--;
    }
    DurableHome home = new DurableHome(directory.resolve("torn"));
    home.write("a", events.subList(0, end));
    // Without checkpoints it begins before step 0, so that step 110 is executed again.
    Settlement settlement = home.goOn(Script.learning().differing(ACCURACY, 110, 0, 1), "a", spec);
    assertThat(settlement.outcome()).isEqualTo(RunOutcome.COMPLETED);
    assertThat(settlement.step()).isEqualTo(160);
    List<RunEvent> after = home.journalled("a");
    assertThat(after.get(after.size() - 1)).isEqualTo(new RunCompleted(160, Optional.of(rule)));
    assertThat(home.read(runs -> runs.state(A)).recorded().until().met().orElseThrow().step())
        .isEqualTo(160);
  }

  @Test
  void a_crash_right_after_the_rewinding_is_survived() {
    ExperimentSpec spec = DurableHome.flagging(DurableHome.saving(50, ScriptedProgram.spec(400)));
    DurableHome first = new DurableHome(directory.resolve("first"));
    first.interrupt(Script.learning(), "a", spec, 330);
    long step = first.read(runs -> runs.state(A)).step() - 5;
    Script other = Script.learning().differing(LOSS, step, 7, 1);
    first.interruptAgain(other, "a", spec, step);
    List<RunEvent> events = first.journalled("a");
    assertThat(first.goOn(other, "a", spec).outcome()).isEqualTo(RunOutcome.COMPLETED);
    assertThat(lossAt(first, step)).isEqualTo(7);
    assertThat(first.read(runs -> runs.state(A)).step()).isEqualTo(400);
    assertThat(events).isEqualTo(first.journalled("a").subList(0, events.size()));
  }

  private static double lossAt(DurableHome home, long step) {
    return home.read(runs -> runs.series(A, LOSS, new StepRange(step, step)).next().asDouble(0));
  }

  private static <E extends RunEvent> E only(List<RunEvent> events, Class<E> type) {
    List<E> found = events.stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
