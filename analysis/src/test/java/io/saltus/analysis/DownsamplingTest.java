package io.saltus.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DownsamplingTest {

  @Property
  void never_more_points_than_asked_and_always_in_order(
      @ForAll @Size(max = 500) double[] values, @ForAll @IntRange(min = 1, max = 600) int points) {
    int[] places = Downsampling.places(values, points);

    assertThat(places.length).isLessThanOrEqualTo(points);
    for (int i = 1; i < places.length; i++) {
      assertThat(places[i]).isGreaterThan(places[i - 1]);
    }
  }

  @Property
  void first_last_least_and_greatest_of_every_bucket_stay(
      @ForAll @Size(min = 1, max = 500) @DoubleRange(min = -10, max = 10) double[] values,
      @ForAll @IntRange(min = 4, max = 120) int points) {
    Set<Integer> kept = setOf(Downsampling.places(values, points));
    if (values.length <= points) {
      assertThat(kept).hasSize(values.length);
      return;
    }
    int buckets = points / 4;
    for (int bucket = 0; bucket < buckets; bucket++) {
      int from = values.length * bucket / buckets;
      int until = values.length * (bucket + 1) / buckets;
      Extremes extremes = Extremes.of(values, from, until);
      assertThat(kept).contains(from, until - 1, extremes.least(), extremes.greatest());
    }
  }

  @Property
  void a_spike_of_one_step_survives_wherever_it_stands(
      @ForAll @IntRange(min = 0, max = 9_999) int up,
      @ForAll @IntRange(min = 0, max = 9_999) int down,
      @ForAll @IntRange(min = 4, max = 2_000) int points) {
    double[] values = new double[10_000];
    values[up] = 1;
    if (down != up) {
      values[down] = -1;
    }

    assertThat(setOf(Downsampling.places(values, points))).contains(up, down);
  }

  @Property
  void a_series_that_fits_is_kept_whole(@ForAll @Size(max = 60) double[] values) {
    assertThat(Downsampling.places(values, 60)).hasSize(values.length);
  }

  @Test
  void a_value_that_is_no_number_stays_and_hides_no_extreme() {
    double[] values = new double[1_000];
    values[400] = Double.NaN;
    values[401] = 7;
    values[402] = Double.NEGATIVE_INFINITY;

    assertThat(setOf(Downsampling.places(values, 10))).contains(0, 400, 401, 402, 999);
  }

  @Test
  void with_room_for_two_the_extremes_stay() {
    double[] values = {0, 5, 1, -5, 2};

    assertThat(Downsampling.places(values, 2)).containsExactly(1, 3);
  }

  @Test
  void no_points_at_all_cannot_be_asked_for() {
    assertThatThrownBy(() -> Downsampling.places(new double[3], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }

  private static Set<Integer> setOf(int[] places) {
    return new HashSet<>(Arrays.stream(places).boxed().toList());
  }
}
