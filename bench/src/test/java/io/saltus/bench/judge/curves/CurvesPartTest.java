package io.saltus.bench.judge.curves;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.analysis.jump.JumpAnalysis;
import io.saltus.analysis.jump.JumpSettings;
import io.saltus.analysis.jump.RunContext;
import io.saltus.experiment.jump.Jump;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurvesPartTest {

  @Test
  void a_sharp_curve_is_called_where_it_jumps_and_a_constant_is_not() {
    LabelledCurve sharp = Generator.SHARP.curve(1, 0);
    assertThat(Matching.of(sharp, calls(sharp)).pairs()).hasSize(1);
    assertThat(calls(Generator.CONSTANT.curve(1, 0))).isEmpty();
  }

  private static List<Jump> calls(LabelledCurve curve) {
    return JumpAnalysis.with(new JumpSettings(1, 199, 199, 99))
        .analyse(List.of(curve.series()), RunContext.NONE)
        .jumps();
  }
}
