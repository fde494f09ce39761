package io.saltus.analysis.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The online search against all positions of a change. */
class FocusTest {

  @Property(tries = 1_000, seed = "11")
  void the_statistic_is_the_largest_over_all_positions_after_each_observation(
      @ForAll @LongRange(min = 0, max = 1L << 40) long seed,
      @ForAll @IntRange(min = 1, max = 50) int n) {
    double[] values = signal(random(seed), n);
    Focus focus = new Focus();

    for (int end = 1; end <= n; end++) {
      double found = focus.observe(values[end - 1]);

      double largest = 0;
      for (int change = 1; change < end; change++) {
        largest = Math.max(largest, ratio(values, change, end));
      }
      assertThat(found).isCloseTo(largest, within(1e-9 * Math.max(1, largest)));
      if (found > 1e-9) {
        int change = (int) focus.change();
        assertThat(ratio(values, change, end)).isCloseTo(largest, within(1e-9 * largest + 1e-9));
        assertThat(focus.isRise()).isEqualTo(mean(values, 0, change) < mean(values, change, end));
      }
    }
  }

  @Property(tries = 300, seed = "12")
  void a_copy_and_its_origin_go_on_alike_and_apart(
      @ForAll @LongRange(min = 0, max = 1L << 40) long seed,
      @ForAll @IntRange(min = 1, max = 300) int n) {
    double[] values = signal(random(seed), n);
    Focus whole = new Focus();
    Focus part = new Focus();
    for (int i = 0; i < n; i++) {
      whole.observe(values[i]);
      if (i % 7 == 3) {
        Focus copy = part.copy();
        part.observe(1e6);
        part = copy;
      }
      part.observe(values[i]);
    }
    assertThat(part.isSameAs(whole)).isTrue();
    part.observe(1);
    assertThat(part.isSameAs(whole)).isFalse();
  }

  @Test
  void values_that_are_not_finite_change_nothing() {
    Focus with = new Focus();
    Focus without = new Focus();
    RandomGenerator random = random(1);
    for (int i = 0; i < 200; i++) {
      double value = random.nextGaussian();
      with.observe(i % 3 == 0 ? Double.NaN : Double.NEGATIVE_INFINITY);
      with.observe(value);
      without.observe(value);
    }
    assertThat(with.isSameAs(without)).isTrue();
  }

  @Test
  void equal_values_never_speak_for_a_change() {
    Focus focus = new Focus();
    for (int i = 0; i < 10_000; i++) {
      assertThat(focus.observe(.1)).isLessThan(1e-9);
    }
  }

  @Test
  void a_level_of_ten_to_the_fifteenth_changes_nothing() {
    Focus low = new Focus();
    Focus high = new Focus();
    RandomGenerator random = random(6);
    for (int i = 0; i < 2_000; i++) {
      double value = Math.rint(8 * random.nextGaussian()) / 8 + (i < 1_500 ? 0 : 1);
      double found = low.observe(value);
      assertThat(high.observe(1e15 + value)).isCloseTo(found, within(1e-6 * (1 + found)));
    }
    assertThat(high.change()).isEqualTo(low.change()).isBetween(1_450L, 1_550L);
  }

  @Test
  void one_observation_speaks_for_nothing_and_huge_ones_leave_numbers() {
    Focus focus = new Focus();
    assertThat(focus.observe(7)).isZero();
    assertThat(focus.change()).isZero();
    for (int i = 0; i < 100; i++) {
      double found = focus.observe(i % 3 == 0 ? Double.MAX_VALUE : -1e300 * i);
      assertThat(found).isFinite().isNotNegative();
    }
    Focus tiny = new Focus();
    for (int i = 0; i < 100; i++) {
      assertThat(tiny.observe(i < 50 ? 1e-300 : 3e-300)).isBetween(0.0, 1e-300);
    }
  }

  @Test
  void noise_leaves_few_candidates_and_makes_no_garbage() {
    Focus focus = new Focus();
    RandomGenerator random = random(5);
    double[] values = random.doubles(1 << 12).map(value -> value - .5).toArray();
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    feed(focus, values, 50);

    long before = thread.getCurrentThreadAllocatedBytes();
    feed(focus, values, 50);

    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
    assertThat(focus.candidates()).isLessThan(80);
  }

  private static void feed(Focus focus, double[] values, int rounds) {
    for (int i = 0; i < rounds; i++) {
      for (double value : values) {
        focus.observe(value);
      }
    }
  }

  private static double ratio(double[] values, int change, int end) {
    double difference = mean(values, 0, change) - mean(values, change, end);
    return difference * difference * change * (end - change) / end;
  }

  private static double mean(double[] values, int from, int until) {
    double sum = 0;
    for (int i = from; i < until; i++) {
      sum += values[i];
    }
    return sum / (until - from);
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** Noise, small whole numbers (which tie), drifts and steps. */
  private static double[] signal(RandomGenerator random, int n) {
    int kind = random.nextInt(5);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] =
          switch (kind) {
            case 0 -> random.nextGaussian();
            case 1 -> random.nextInt(3);
            case 2 -> .3 * i;
            case 3 -> -2;
            default -> (i > n / 2 ? -4 : 0) + random.nextGaussian();
          };
    }
    return values;
  }
}
