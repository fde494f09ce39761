package io.saltus.experiment.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CadenceTest {

  @Test
  void every_tenth_step_begins_at_0() {
    assertThat(due(new Cadence.Every(10), 30)).containsExactly(0, 10, 20, 30);
  }

  @Test
  void three_per_decade_are_evenly_spread_in_the_logarithm() {
    // 10^(k/3), rounded up: 1, 2.15, 4.64, 10, 21.5, 46.4, 100 …
    assertThat(due(new Cadence.PerDecade(3), 1000))
        .containsExactly(0, 1, 3, 5, 10, 22, 47, 100, 216, 465, 1000);
  }

  @Test
  void while_the_parts_are_narrower_than_a_step_every_step_is_due() {
    assertThat(due(new Cadence.PerDecade(50), 21)).hasSize(22);
  }

  @Property(seed = "1", tries = 10)
  void a_late_decade_has_exactly_its_count(@ForAll @IntRange(min = 1, max = 100) int count) {
    Cadence cadence = new Cadence.PerDecade(count);
    assertThat(LongStream.range(100_000, 1_000_000).filter(cadence::due).count()).isEqualTo(count);
  }

  @Test
  void powers_of_ten_are_always_due() {
    for (int count = 1; count <= 1000; count++) {
      for (long step = 1; step <= 1_000_000_000_000L; step *= 10) {
        assertThat(new Cadence.PerDecade(count).due(step)).isTrue();
      }
    }
  }

  @Test
  void the_text_is_that_of_a_spec() {
    assertThat(new Cadence.Every(10).text()).isEqualTo("10");
    assertThat(new Cadence.PerDecade(50).text()).isEqualTo("50 per decade");
  }

  @Test
  void a_set_has_the_common_cadence_unless_it_has_its_own() {
    TreeMap<String, Cadence> sets = new TreeMap<>();
    sets.put("train-set", new Cadence.Every(10));
    Evaluation evaluation = new Evaluation(new Cadence.Every(1), sets);
    sets.clear();
    assertThat(evaluation.cadenceOf("train-set")).isEqualTo(new Cadence.Every(10));
    assertThat(evaluation.cadenceOf("validation")).isEqualTo(new Cadence.Every(1));
  }

  private static long[] due(Cadence cadence, long last) {
    return LongStream.rangeClosed(0, last).filter(cadence::due).toArray();
  }
}
