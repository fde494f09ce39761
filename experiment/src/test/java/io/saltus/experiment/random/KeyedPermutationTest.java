package io.saltus.experiment.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class KeyedPermutationTest {

  @Property(seed = "1", tries = 200)
  void each_element_stands_at_exactly_one_place(
      @ForAll long key, @ForAll long epoch, @ForAll @IntRange(min = 1, max = 2000) int size) {
    int[] elements = elements(new Philox(key), epoch, size);
    assertThat(IntStream.of(elements).sorted().toArray())
        .isEqualTo(IntStream.range(0, size).toArray());
  }

  @Test
  void every_small_size_is_permuted() {
    for (int size = 1; size <= 70; size++) {
      int[] elements = elements(Philox.keyed(1, "order"), 0, size);
      assertThat(IntStream.of(elements).sorted().toArray())
          .isEqualTo(IntStream.range(0, size).toArray());
    }
  }

  @Test
  void epochs_and_keys_have_orders_of_their_own() {
    int[] first = elements(Philox.keyed(1, "order"), 0, 100);
    assertThat(elements(Philox.keyed(1, "order"), 0, 100)).isEqualTo(first);
    assertThat(elements(Philox.keyed(1, "order"), 1, 100)).isNotEqualTo(first);
    assertThat(elements(Philox.keyed(2, "order"), 0, 100)).isNotEqualTo(first);
  }

  @Test
  void the_first_place_is_taken_by_all_elements_alike() {
    int[] counts = new int[8];
    for (int epoch = 0; epoch < 8000; epoch++) {
      counts[new KeyedPermutation(Philox.keyed(1, "order"), epoch, 8).at(0)]++;
    }
    double chiSquare =
        IntStream.of(counts).mapToDouble(n -> (n - 1000.0) * (n - 1000.0) / 1000).sum();
    // The 99.9 % quantile of chi-square with 7 degrees of freedom.
    assertThat(chiSquare).isLessThan(24.32);
  }

  @Test
  void the_largest_size_works() {
    KeyedPermutation permutation = new KeyedPermutation(new Philox(1), 0, 1 << 30);
    assertThat(permutation.at((1 << 30) - 1)).isBetween(0, (1 << 30) - 1);
  }

  @Test
  void sizes_and_places_out_of_range_are_refused() {
    Philox philox = new Philox(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new KeyedPermutation(philox, 0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeyedPermutation(philox, 0, (1 << 30) + 1));
    KeyedPermutation ten = new KeyedPermutation(philox, 0, 10);
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> ten.at(10));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> ten.at(-1));
  }

  private static int[] elements(Philox philox, long epoch, int size) {
    KeyedPermutation permutation = new KeyedPermutation(philox, epoch, size);
    return IntStream.range(0, size).map(permutation::at).toArray();
  }
}
