package io.saltus.analysis.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the watch raises, and what it does not. With {@code -Dsaltus.nullRuns=2000} each kind of
 * null has 20 million observations, which is how the threshold was found.
 */
class ChangeWatchTest {

  private static final int NULL_RUNS = Integer.getInteger("saltus.nullRuns", 100);

  /** Series without a change: what training curves look like, and worse. */
  enum Null {
    WHITE,
    HEAVY_TAILS,
    AR_9,
    AR_97,
    POWER_LAW,
    POWER_LAW_HEAVY_TAILS,
    SATURATED,
    FEW_VALUES,
    CONSTANT;

    private double value(int i, double[] noise, double heavy) {
      return switch (this) {
        case WHITE -> noise[0];
        case HEAVY_TAILS -> heavy;
        case AR_9 -> noise[1];
        case AR_97 -> noise[2];
        case POWER_LAW -> 3 / Math.sqrt(i + 1) + .2 + .02 * noise[0];
        case POWER_LAW_HEAVY_TAILS -> 3 / Math.sqrt(i + 1) + .2 + .02 * heavy;
        case SATURATED -> Math.min(1, Math.rint(998 + 1.2 * noise[0]) / 1000);
        case FEW_VALUES -> 1.5 * Math.rint(noise[0] / 1.5);
        case CONSTANT -> .7;
      };
    }

    double[] series(int n, long seed) {
      RandomGenerator random = random(seed);
      double[] values = new double[n];
      double[] noise = new double[3];
      for (int i = 0; i < n; i++) {
        double next = random.nextGaussian();
        noise[0] = next;
        noise[1] = .9 * noise[1] + Math.sqrt(1 - .81) * next;
        noise[2] = .97 * noise[2] + Math.sqrt(1 - .9409) * next;
        double chi = 0;
        for (int k = 0; k < 3; k++) {
          double other = random.nextGaussian();
          chi += other * other;
        }
        values[i] = value(i, noise, next / Math.sqrt(chi / 3));
      }
      return values;
    }
  }

  @ParameterizedTest
  @EnumSource(Null.class)
  void at_most_one_alarm_in_a_million_observations_without_a_change(Null kind) {
    int alarms = 0;
    for (int run = 0; run < NULL_RUNS; run++) {
      alarms += raised(kind.series(10_000, run)).size();
    }
    assertThat(alarms).isLessThanOrEqualTo(Math.max(1, NULL_RUNS / 100));
  }

  @ParameterizedTest
  @EnumSource(
      value = Null.class,
      names = {"WHITE", "HEAVY_TAILS", "AR_9", "POWER_LAW"})
  void a_jump_is_raised_soon_after_it_happened(Null kind) {
    double unit = kind == Null.POWER_LAW ? .02 : 1;
    for (int run = 0; run < 20; run++) {
      double[] values = kind.series(4_000, run);
      for (int i = 2_000; i < values.length; i++) {
        values[i] -= 5 * unit;
      }

      List<Suspicion> found = raised(values);

      assertThat(found).hasSize(1);
      assertThat(found.get(0).position()).isBetween(2_000L, 2_100L);
      assertThat(found.get(0).change()).isBetween(1_990L, 2_010L);
      assertThat(found.get(0).rise()).isFalse();
      assertThat(found.get(0).statistic()).isGreaterThan(ChangeWatch.DEFAULT_THRESHOLD);
    }
  }

  @Test
  void after_an_alarm_it_learns_anew_and_sees_the_next_jump() {
    double[] values = Null.WHITE.series(6_000, 3);
    for (int i = 0; i < values.length; i++) {
      values[i] += i >= 4_000 ? 9 : i >= 2_000 ? 4 : 0;
    }
    List<Suspicion> found = raised(values);

    assertThat(found).hasSize(2);
    assertThat(found.get(1).change()).isBetween(3_995L, 4_005L);
    assertThat(found.get(1).rise()).isTrue();
  }

  @Property(tries = 100, seed = "11")
  void a_state_that_was_copied_on_the_way_equals_one_that_was_not(
      @ForAll @LongRange(min = 0, max = 1L << 40) long seed,
      @ForAll @IntRange(min = 1, max = 3_000) int n) {
    RandomGenerator random = random(seed);
    Null kind = Null.values()[random.nextInt(Null.values().length)];
    double[] values = kind.series(n, seed);
    for (int i = n / 2; i < n; i++) {
      values[i] += 6;
    }
    ChangeWatch whole = ChangeWatch.create();
    ChangeWatch part = ChangeWatch.create();
    List<Suspicion> one = new ArrayList<>();
    List<Suspicion> other = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      whole.observe(i, values[i]).ifPresent(one::add);
      if (random.nextInt(200) == 0) {
        ChangeWatch copy = part.copy();
        assertThat(copy.isSameAs(part)).isTrue();
        part.observe(i, 1e9);
        part = copy;
      }
      part.observe(i, values[i]).ifPresent(other::add);
    }
    assertThat(other).isEqualTo(one);
    assertThat(part.isSameAs(whole)).isTrue();
    whole.observe(n, 0);
    assertThat(part.isSameAs(whole)).isFalse();
  }

  @Test
  void what_is_not_finite_or_has_no_step_changes_nothing() {
    ChangeWatch with = ChangeWatch.create();
    ChangeWatch without = ChangeWatch.create();
    double[] values = Null.WHITE.series(2_000, 4);
    for (int i = 0; i < values.length; i++) {
      with.observe(i, Double.NaN);
      with.observe(i, Double.POSITIVE_INFINITY);
      with.observe(-1, 3);
      with.observe(Double.NaN, 3);
      with.observe(i, values[i]);
      without.observe(i, values[i]);
    }
    assertThat(with.isSameAs(without)).isTrue();
  }

  @Property(tries = 50, seed = "12")
  void single_values_of_any_size_do_not_poison_it(
      @ForAll @LongRange(min = 0, max = 1L << 40) long seed) {
    RandomGenerator random = random(seed);
    ChangeWatch watch = ChangeWatch.create();
    List<Suspicion> raised = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      double value = random.nextGaussian() + (i < 5_000 ? 0 : 8);
      if (i % 50 == 7) {
        value *= Math.pow(10, random.nextInt(-300, 309));
      }
      watch.observe(i, value).ifPresent(raised::add);
      assertThat(watch.statistic()).isBetween(0.0, 1e3);
    }
    assertThat(raised)
        .singleElement()
        .satisfies(it -> assertThat(it.change()).isBetween(4_995L, 5_005L));
  }

  @Test
  void noise_makes_no_garbage() {
    double[] values = Null.WHITE.series(200_000, 8);
    ChangeWatch watch = ChangeWatch.create();
    for (int i = 0; i < 100_000; i++) {
      watch.observe(i, values[i]);
    }
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    for (int i = 100_000; i < values.length; i++) {
      watch.observe(i, values[i]);
    }
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
  }

  @Test
  void a_threshold_that_is_none_is_refused() {
    assertThatThrownBy(() -> ChangeWatch.create(0)).hasMessageContaining("threshold");
    assertThatThrownBy(() -> ChangeWatch.create(Double.NaN)).hasMessageContaining("threshold");
  }

  private static List<Suspicion> raised(double[] values) {
    ChangeWatch watch = ChangeWatch.create();
    List<Suspicion> all = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      watch.observe(i, values[i]).ifPresent(all::add);
    }
    return all;
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
