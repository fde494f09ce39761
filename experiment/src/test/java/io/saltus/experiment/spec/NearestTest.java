package io.saltus.experiment.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "abc, abc, 0",
    "abc, '', 3",
    "steps, stesp, 1",
    "ca, abc, 3",
    "kitten, sitting, 3",
    "weight, wieght, 1",
  })
  void the_distance_counts_changes_and_swaps(String one, String other, int distance) {
    assertThat(Nearest.distance(one, other)).isEqualTo(distance);
  }

  @Property(seed = "1", tries = 200)
  void the_distance_is_symmetric_and_at_most_the_longer_length(
      @ForAll @AlphaChars @StringLength(max = 12) String one,
      @ForAll @AlphaChars @StringLength(max = 12) String other) {
    assertThat(Nearest.distance(one, other))
        .isEqualTo(Nearest.distance(other, one))
        .isLessThanOrEqualTo(Math.max(one.length(), other.length()));
  }

  @Test
  void a_slip_is_recognised_and_a_stranger_is_not() {
    List<String> known = List.of("grokking", "grokking-relu", "fashion-mnist");
    assertThat(Nearest.to("groking", known)).contains("grokking");
    assertThat(Nearest.to("grokking-rleu", known)).contains("grokking-relu");
    assertThat(Nearest.to("fashion", known)).contains("fashion-mnist");
    assertThat(Nearest.to("transformer", known)).isEmpty();
    assertThat(Nearest.to("x".repeat(1_000_000), known)).isEmpty();
    assertThat(Nearest.to("", known)).isEmpty();
    assertThat(Nearest.to("a", List.of())).isEmpty();
  }
}
