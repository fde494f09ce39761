package io.saltus.app.jumps;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.analysis.jump.MetricKind;
import io.saltus.analysis.jump.MetricSeries;
import io.saltus.analysis.jump.RunContext.KnownChange;
import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecReader;
import io.saltus.experiment.spec.SpecReading;
import io.saltus.experiment.spec.SpecSetting;
import io.saltus.persistence.projection.RunState;
import io.saltus.tf.program.BuiltInProgram;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Changes of the learning rate that were ours. */
class KnownChangesTest {

  @Test
  void every_fall_of_a_step_schedule_is_known_however_many_there_are() {
    List<KnownChange> changes =
        changes(s -> Math.pow(0.9, Math.floorDiv(s, 10)), 1, 500, "schedule=step", "step-every=10");

    assertThat(changes.stream().map(KnownChange::step))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 50).mapToObj(i -> i * 10.0).toList());
    assertThat(changes.get(0).what()).isEqualTo("the learning rate fell to 0.900");
  }

  @Test
  void the_places_of_a_piecewise_schedule_are_known_and_the_warm_up_is_none_of_them() {
    List<KnownChange> changes =
        changes(
            s -> Math.min(1, s / 40.0) * (s < 20 ? 1 : s < 70 ? 0.1 : 0.5),
            1,
            100,
            "schedule=piecewise",
            "piecewise=[[20, 0.1], [70, 0.5], [500, 1]]",
            "warm-up-steps=40");

    assertThat(changes)
        .containsExactly(
            new KnownChange(40, "the learning rate ended its warm-up"),
            new KnownChange(20, "the learning rate fell to 0.0500"),
            new KnownChange(70, "the learning rate rose to 0.500"));
  }

  @Test
  void a_fork_knows_the_places_after_its_beginning_counted_from_the_parents() {
    assertThat(
            changes(
                s -> Math.pow(0.5, Math.floorDiv(s, 100)),
                250,
                420,
                "schedule=step",
                "step-every=100"))
        .containsExactly(
            new KnownChange(300, "the learning rate fell to 0.125"),
            new KnownChange(400, "the learning rate fell to 0.0625"));
  }

  @Test
  void a_rate_that_falls_at_every_step_explains_no_jump() {
    assertThat(changes(s -> Math.pow(0.99, s), 1, 3000, "schedule=step", "step-every=1")).isEmpty();
    assertThat(
            changes(s -> Math.cos(s / 3000.0), 1, 3000, "schedule=cosine", "schedule-steps=5000"))
        .isEmpty();
  }

  private static List<KnownChange> changes(
      LongToDoubleFunction rate, long from, long until, String... settings) {
    double[] steps = LongStream.rangeClosed(from, until).asDoubleStream().toArray();
    MetricSeries series =
        new MetricSeries(
            "learning-rate",
            steps,
            DoubleStream.of(steps).map(step -> rate.applyAsDouble((long) step)).toArray(),
            MetricKind.OTHER,
            0);
    return KnownChanges.of(state(settings), series).changes();
  }

  private static RunState state(String... settings) {
    return RunState.empty()
        .apply(
            new RunEvent.RunSubmitted(
                new RunId("a"),
                spec(settings),
                Sha256.of(new byte[0]),
                new CodeProvenance("0.1.0", Optional.empty(), false, Optional.empty()),
                List.of(),
                Optional.empty()));
  }

  private static ExperimentSpec spec(String... settings) {
    SpecReading reading =
        SpecReader.withFiles(List.of(new BuiltInProgram()))
            .read(
                "grokking",
                Arrays.stream(settings)
                    .map(setting -> SpecSetting.parse("optimizer." + setting))
                    .toList());
    if (reading instanceof SpecReading.Accepted accepted) {
      return accepted.spec();
    }
    throw new AssertionError(reading);
  }
}
