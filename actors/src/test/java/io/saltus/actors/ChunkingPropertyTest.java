package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.random.Philox;
import io.saltus.experiment.spec.UntilRule;
import io.saltus.testkit.Mishap;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** How steps are cut into chunks depends on time, and changes nothing. */
class ChunkingPropertyTest {

  private static final MetricName ACCURACY = new MetricName("train.accuracy");
  private static final UntilRule LEARNT =
      new UntilRule(ACCURACY, UntilRule.Bound.AT_LEAST, 0.9, 37);

  @Property(tries = 25, seed = "20261123")
  void any_speed_and_any_bound_give_the_same_series_and_the_same_end(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int most) {
    Recorded reference = play(1, 1, Script.learning());
    Recorded heard = play(seed, most, Script.learning());
    assertThat(heard.series()).isEqualTo(reference.series());
    assertThat(heard.only(RunEvent.RunCompleted.class))
        .isEqualTo(reference.only(RunEvent.RunCompleted.class));
    assertThat(reference.only(RunEvent.RunCompleted.class).rule()).contains(LEARNT);
  }

  @Property(tries = 15, seed = "20261123")
  void a_value_that_is_not_finite_ends_a_run_at_its_step_however_it_is_cut(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 200) int most,
      @ForAll @LongRange(min = 1, max = 120) long step) {
    Script script = Script.learning().with(step, new Mishap.Value(ACCURACY, Double.NaN));
    Recorded heard = play(seed, most, script);
    assertThat(heard.only(RunEvent.RunFailed.class).step()).isEqualTo(step);
    assertThat(heard.series().get(ACCURACY)).hasSize((int) step);
  }

  /** A run whose steps take times that {@code seed} decides. */
  private static Recorded play(long seed, int most, Script script) {
    Philox random = new Philox(seed);
    AtomicLong now = new AtomicLong();
    Script timed = script.beforeStep(step -> now.addAndGet(1 + random.below(100_000_000, step, 0)));
    Recorded heard = new Recorded();
    String bound = "saltus.actors.chunk-steps = " + most;
    try (Stage stage = new Stage(timed, bound, now::get)) {
      RunOutcome outcome = stage.run("a", ScriptedProgram.spec(300, LEARNT), heard).outcome();
      assertThat(List.of(RunOutcome.COMPLETED, RunOutcome.FAILED)).contains(outcome);
    }
    long next = 0;
    for (var frame : heard.frames()) {
      assertThat(frame.from()).isEqualTo(next);
      assertThat(frame.until() - frame.from()).isLessThan(most);
      next = frame.until() + 1;
    }
    return heard;
  }
}
