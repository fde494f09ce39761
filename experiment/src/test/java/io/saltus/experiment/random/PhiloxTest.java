package io.saltus.experiment.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PhiloxTest {

  /** The vectors for philox4x32 with 10 rounds in Random123's kat_vectors; first two words. */
  @Test
  void the_known_answers_of_Random123_come_out() {
    assertThat(new Philox(0).bits(0, 0)).isEqualTo(0xe169c58d_6627e8d5L);
    assertThat(new Philox(-1).bits(-1, -1)).isEqualTo(0x41c83b0e_408f276dL);
    assertThat(new Philox(0x299f31d0_a4093822L).bits(0x03707344_13198a2eL, 0x85a308d3_243f6a88L))
        .isEqualTo(0x94fdcceb_d16cfe09L);
  }

  @Test
  void a_key_depends_on_seed_and_purpose() {
    long[] keys = {
      Philox.key(1, "order"), Philox.key(2, "order"), Philox.key(1, "init"), Philox.key(1, "")
    };
    assertThat(Arrays.stream(keys).distinct().count()).isEqualTo(keys.length);
  }

  /** Recorded runs depend on it: it may never change. */
  @Test
  void the_key_of_a_purpose_is_what_it_was() {
    assertThat(Philox.key(1, "order")).isEqualTo(ORDER_OF_SEED_1);
    assertThat(Philox.keyed(1, "order").bits(0, 0))
        .isEqualTo(new Philox(ORDER_OF_SEED_1).bits(0, 0));
  }

  // First 8 bytes of SHA-256 over 01 00 00 00 00 00 00 00 and "order", little-endian.
  private static final long ORDER_OF_SEED_1 = 0xc2b02bb1588792aaL;

  @Property(seed = "1")
  void a_bounded_draw_is_below_its_bound(
      @ForAll long key, @ForAll long low, @ForAll @IntRange(min = 1) int bound) {
    assertThat(new Philox(key).below(bound, 3, low)).isBetween(0, bound - 1);
  }

  @Property(seed = "1")
  void a_unit_draw_is_in_the_half_open_interval(@ForAll long key, @ForAll long low) {
    assertThat(new Philox(key).unit(0, low)).isGreaterThanOrEqualTo(0).isLessThan(1);
  }

  @Test
  void bounded_draws_are_spread_evenly() {
    Philox philox = Philox.keyed(1, "test");
    int[] counts = new int[10];
    for (int i = 0; i < 100_000; i++) {
      counts[philox.below(10, 0, i)]++;
    }
    double chiSquare =
        IntStream.of(counts).mapToDouble(n -> (n - 10_000.0) * (n - 10_000.0) / 10_000).sum();
    // The 99.9 % quantile of chi-square with 9 degrees of freedom.
    assertThat(chiSquare).isLessThan(27.88);
  }

  @Test
  void a_bound_below_1_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Philox(0).below(0, 0, 0))
        .withMessageContaining("not 0");
  }
}
