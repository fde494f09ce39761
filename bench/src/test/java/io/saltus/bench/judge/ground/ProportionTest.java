package io.saltus.bench.judge.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProportionTest {

  @Test
  void its_interval_is_wilsons() {
    Proportion eight = new Proportion(8, 10);
    assertThat(eight.low()).isCloseTo(0.4902, within(1e-4));
    assertThat(eight.high()).isCloseTo(0.9433, within(1e-4));
    Proportion all = new Proportion(20, 20);
    assertThat(all.high()).isEqualTo(1);
    assertThat(all.low()).isCloseTo(0.8389, within(1e-4));
  }

  @Test
  void of_nothing_nothing_is_known() {
    Proportion none = new Proportion(0, 0);
    assertThat(none.text()).isEqualTo("–");
    assertThat(none.low()).isEqualTo(0);
    assertThat(none.high()).isEqualTo(1);
    assertThatThrownBy(() -> new Proportion(3, 2)).hasMessage("3 of 2");
  }

  @Test
  void the_binomial_band_leaves_a_fortieth_at_each_side() {
    // P(X ≤ 1) = .0107, P(X ≤ 2) = .0547, P(X ≤ 7) = .9453, P(X ≤ 8) = .9893 of ten fair draws.
    assertThat(Chance.binomial(10, 0.5)).isEqualTo(new Chance.Band(2, 8));
    assertThat(Chance.binomial(1_000, 0.01)).isEqualTo(new Chance.Band(4, 17));
  }

  @Test
  void no_events_bound_a_rate_by_what_a_fortieth_leaves() {
    assertThat(Chance.highestMean(0)).isCloseTo(-Math.log(0.025), within(1e-6));
    // Garwood's table: 10 events, 18.39.
    assertThat(Chance.highestMean(10)).isCloseTo(18.39, within(0.005));
  }

  @Test
  void quantiles_lie_between_their_neighbours() {
    Sample sample = Sample.of(4, 1, 3, 2);
    assertThat(sample.median()).isEqualTo(2.5);
    assertThat(sample.quantile(1)).isEqualTo(4);
    assertThat(Sample.of().median()).isNaN();
  }
}
