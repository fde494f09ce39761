package io.saltus.analysis.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangeDetectionTest {

  @ParameterizedTest
  @EnumSource(ChangeModel.class)
  void a_large_step_is_found_where_it_is_in_short_and_in_long_series(ChangeModel model) {
    for (int n : new int[] {60, 23_000}) {
      ChangeDetection detection = ChangeDetection.of(step(n, n / 3), model, model.minLength());

      ChangeReport report = detection.penalised(detection.defaultPenalty());

      assertThat(report.changes()).as("%d observations", n).hasSize(1);
      Change change = report.changes().get(0);
      assertThat(change.position()).isBetween(n / 3 - 2, n / 3 + 2);
      assertThat(change.earliest()).isLessThanOrEqualTo(change.position());
      assertThat(change.latest()).isGreaterThanOrEqualTo(change.position());
      assertThat(change.confidence()).isBetween(0.95, 1.0);
    }
  }

  @Test
  void a_last_cell_that_is_too_short_is_no_segment() {
    double[] values = new double[30_001];
    values[30_000] = 1e6;

    Segmentation found =
        ChangeDetection.of(values, ChangeModel.MEAN_VARIANCE, 3).penalised(1).segmentation();

    for (int i = 0; i < found.segments(); i++) {
      assertThat(found.until(i) - found.from(i)).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void too_many_changes_are_refused_in_numbers_of_observations() {
    ChangeDetection detection = ChangeDetection.of(new double[10_000], ChangeModel.AUTO, 3);
    ChangeDetection tooLong = ChangeDetection.of(new double[10_001], ChangeModel.AUTO, 3);
    ChangeDetection mean = ChangeDetection.of(new double[20_000], ChangeModel.MEAN, 1);

    assertThatThrownBy(() -> detection.best(3_400))
        .hasMessage("3400 changes need 10203 observations, and there are 10000");
    assertThatThrownBy(() -> detection.best(3_000))
        .hasMessageContaining("are too many for this model");
    assertThatThrownBy(() -> tooLong.best(1))
        .hasMessageContaining("for at most 10000 observations");
    assertThatThrownBy(() -> mean.best(19_000)).hasMessageContaining("do not fit into memory");
  }

  private static double[] step(int n, int at) {
    SplittableRandom random = new SplittableRandom(3);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextGaussian() + (i < at ? 0 : 12);
    }
    return values;
  }
}
