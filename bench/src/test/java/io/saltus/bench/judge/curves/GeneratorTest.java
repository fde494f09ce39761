package io.saltus.bench.judge.curves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saltus.analysis.jump.MetricKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GeneratorTest {

  @ParameterizedTest
  @EnumSource(Generator.class)
  void the_same_seed_draws_the_same_curve_and_half_of_the_kinds_have_jumps(Generator generator) {
    for (int number = 0; number < 3; number++) {
      LabelledCurve curve = generator.curve(1, number);
      assertThat(curve.truths().isEmpty()).isEqualTo(!generator.hasJumps());
      assertThat(generator.curve(1, number).series().values()).isEqualTo(curve.series().values());
      assertThat(generator.curve(2, number).series().values())
          .isNotEqualTo(curve.series().values());
    }
    assertThat(List.of(Generator.values()).stream().filter(Generator::hasJumps))
        .hasSize(Generator.values().length / 2);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void rises_cross_10_50_and_90_percent_where_they_say(Shape shape) {
    Rise rise = new Rise(shape, 2.5, 0.3, 1);
    assertThat(rise.at(rise.onset())).isCloseTo(0.1, within(1e-9));
    assertThat(rise.at(2.5)).isCloseTo(0.5, within(1e-9));
    assertThat(rise.at(rise.end())).isCloseTo(0.9, within(1e-9));
    assertThat(rise.end() - rise.onset()).isCloseTo(0.3, within(1e-9));
    assertThat(rise.at(-100)).isCloseTo(0, within(1e-9));
    assertThat(rise.at(100)).isCloseTo(1, within(1e-9));
  }

  @Test
  void only_what_is_large_clear_sharp_and_lasting_is_a_jump() {
    assertThat(isJump(2, 0.2, 0.5, 0.02)).isTrue();
    assertThat(isJump(2, 0.2, 0.29, 0.02)).isFalse();
    assertThat(isJump(2, 0.2, 0.5, 0.07)).isFalse();
    assertThat(isJump(2, 0.4, 0.5, 0.02)).isFalse();
    assertThat(isJump(3.6, 0.2, 0.5, 0.02)).isFalse();
  }

  private static boolean isJump(double midpoint, double width, double size, double noise) {
    Rise rise = new Rise(Shape.LOGISTIC, midpoint, width, size);
    return Definition.areJumps(
        new Scene(
            MetricKind.ACCURACY,
            Draw.every(1, 5_000),
            x -> 0.2,
            List.of(rise),
            Noise.of(noise, 0)));
  }

  @Test
  void of_a_loss_a_change_counts_by_the_decades_that_it_goes_through() {
    Rise rise = new Rise(Shape.LOGISTIC, 2.5, 0.2, -0.05);
    Scene scene =
        new Scene(
            MetricKind.LOSS,
            Draw.every(1, 10_000),
            x -> -0.5 * x,
            List.of(rise),
            Noise.of(0.001, 0));
    Definition definition = new Definition(scene);
    // From 2 decades before to 1 after: 90 % of 3 · 0.5 decades, and a little more.
    assertThat(definition.range(2.5, true)).isCloseTo(1.4, within(0.05));
    assertThat(definition.isSmall(2.5, -0.05)).isTrue();
    assertThat(definition.isSmall(2.5, -0.3)).isFalse();
  }
}
