package io.saltus.analysis.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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

/**
 * The recursion against the sum over all segmentations' last changes, and what it says of jumps.
 */
class RunLengthsTest {

  private static final double EXPECTED = 50;

  @Property(tries = 200, seed = "11")
  void the_probabilities_are_those_of_the_evidence_of_all_last_segments(
      @ForAll @LongRange(min = 0, max = 1L << 40) long seed,
      @ForAll @IntRange(min = 1, max = 25) int n) {
    RandomGenerator random = random(seed);
    double[] values = new double[n];
    RunLengths lengths = RunLengths.create(100, EXPECTED);
    for (int i = 0; i < n; i++) {
      values[i] = random.nextGaussian() + (i > n / 2 ? 4 : 0);
      lengths.observe(values[i]);
    }

    double[] expected = byEvidence(values);

    for (int length = 0; length <= n; length++) {
      assertThat(lengths.probability(length)).isCloseTo(expected[length], within(1e-9));
    }
  }

  @Property(tries = 100, seed = "12")
  void a_copy_and_its_origin_go_on_alike_and_the_probabilities_sum_to_one(
      @ForAll @LongRange(min = 0, max = 1L << 40) long seed,
      @ForAll @IntRange(min = 1, max = 200) int n,
      @ForAll @IntRange(min = 1, max = 40) int cap) {
    RandomGenerator random = random(seed);
    RunLengths whole = RunLengths.create(cap, EXPECTED);
    RunLengths part = RunLengths.create(cap, EXPECTED);
    for (int i = 0; i < n; i++) {
      double value = random.nextGaussian() * Math.pow(10, random.nextInt(-2, 3));
      whole.observe(value);
      if (i % 7 == 3) {
        RunLengths copy = part.copy();
        part.observe(100);
        part = copy;
      }
      part.observe(value);
    }
    assertThat(part.isSameAs(whole)).isTrue();
    double sum = 0;
    for (int length = 0; length <= cap; length++) {
      sum += whole.probability(length);
    }
    assertThat(sum).isCloseTo(1, within(1e-9));
    assertThat(whole.probabilityUpTo(cap)).isCloseTo(1, within(1e-9));
  }

  @Test
  void after_a_jump_the_run_is_as_long_as_the_jump_is_ago() {
    RandomGenerator random = random(3);
    RunLengths lengths = RunLengths.create(300, 1_000);
    for (int i = 0; i < 1_000; i++) {
      lengths.observe(random.nextGaussian());
    }
    assertThat(lengths.likeliest()).isEqualTo(300);
    assertThat(lengths.probabilityUpTo(25)).isLessThan(.2);
    for (int i = 0; i < 20; i++) {
      lengths.observe(4 + random.nextGaussian());
    }
    assertThat(lengths.likeliest()).isBetween(18, 21);
    assertThat(lengths.probabilityUpTo(25)).isGreaterThan(.99);
  }

  @Test
  void a_change_of_the_variance_alone_is_seen() {
    RandomGenerator random = random(4);
    RunLengths lengths = RunLengths.create(300, 1_000);
    for (int i = 0; i < 1_060; i++) {
      lengths.observe(random.nextGaussian() * (i < 1_000 ? 1 : 4));
    }
    assertThat(lengths.likeliest()).isBetween(50, 65);
  }

  @Test
  void values_that_are_not_finite_change_nothing_and_huge_ones_do_not_poison_it() {
    RandomGenerator random = random(5);
    RunLengths with = RunLengths.create(50, EXPECTED);
    RunLengths without = RunLengths.create(50, EXPECTED);
    for (int i = 0; i < 300; i++) {
      double value = i % 40 == 20 ? Double.MAX_VALUE : random.nextGaussian();
      with.observe(Double.NaN);
      with.observe(Double.NEGATIVE_INFINITY);
      with.observe(value);
      without.observe(value);
      assertThat(with.probabilityUpTo(50)).isCloseTo(1, within(1e-9));
    }
    assertThat(with.isSameAs(without)).isTrue();
  }

  @Test
  void equal_values_are_one_run_however_many_and_a_cap_of_one_is_enough_to_say_so() {
    RunLengths lengths = RunLengths.create(500, 1_000);
    RunLengths shortest = RunLengths.create(1, 1_000);
    assertThat(lengths.probability(0)).isEqualTo(1);
    for (int i = 0; i < 400; i++) {
      lengths.observe(.7);
      shortest.observe(.7);
    }
    assertThat(lengths.likeliest()).isEqualTo(400);
    assertThat(lengths.probability(400)).isGreaterThan(.5);
    assertThat(shortest.likeliest()).isEqualTo(1);
    assertThat(shortest.probabilityUpTo(1)).isCloseTo(1, within(1e-12));
  }

  @Test
  void it_makes_no_garbage() {
    RunLengths lengths = RunLengths.create(100, EXPECTED);
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 10_000; i++) {
      lengths.observe(i % 3);
    }
    long before = thread.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) {
      lengths.observe(i % 3);
    }
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
  }

  @Test
  void numbers_out_of_their_range_are_refused() {
    assertThatThrownBy(() -> RunLengths.create(0, 10)).hasMessageContaining("cap");
    assertThatThrownBy(() -> RunLengths.create(10, 1)).hasMessageContaining("expected length");
  }

  /**
   * Joint probabilities by the closed form of a segment's evidence, without any recursion in it.
   */
  private static double[] byEvidence(double[] values) {
    int n = values.length;
    double hazard = 1 / EXPECTED;
    // begins[t]: density of the first t values and that a segment begins behind them.
    double[] begins = new double[n + 1];
    begins[0] = 1;
    double[] joint = new double[n + 1];
    double total = 0;
    for (int end = 1; end <= n; end++) {
      total = 0;
      for (int from = 0; from < end; from++) {
        int length = end - from;
        joint[length] =
            begins[from] * Math.pow(1 - hazard, length - 1) * evidence(values, from, end);
        total += joint[length];
      }
      begins[end] = hazard * total;
    }
    double[] probability = new double[n + 1];
    probability[0] = hazard;
    for (int length = 1; length <= n; length++) {
      probability[length] = (1 - hazard) * joint[length] / total;
    }
    return probability;
  }

  /** Of a normal-gamma prior with mean 0, weight 0.1, shape 1 and rate 1. */
  private static double evidence(double[] values, int from, int until) {
    int n = until - from;
    double mean = 0;
    for (int i = from; i < until; i++) {
      mean += values[i] / n;
    }
    double squares = 0;
    for (int i = from; i < until; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    double rate = 1 + squares / 2 + .1 * n * mean * mean / (2 * (.1 + n));
    return gammaOfHalves(2 + n)
        * Math.pow(rate, -(1 + n / 2.0))
        * Math.sqrt(.1 / (.1 + n))
        * Math.pow(2 * Math.PI, -n / 2.0);
  }

  /** Γ(k/2). */
  private static double gammaOfHalves(int k) {
    double value = k % 2 == 0 ? 1 : Math.sqrt(Math.PI);
    for (int i = k % 2 == 0 ? 2 : 1; i < k; i += 2) {
      value *= i / 2.0;
    }
    return value;
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
