package io.saltus.bench.judge.tcpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Against figures computed by hand from the definitions. */
class AgreementTest {

  @Test
  void two_annotators_are_combined_as_the_definition_says() {
    List<List<Integer>> marked = List.of(List.of(20), List.of(20, 60));
    Agreement agreement = Agreement.of(List.of(22, 80), marked, 100);
    // Found with 0: {0, 22, 80}; marked by anybody: {0, 20, 60}; 0 and 22 are right: P = 2/3.
    // Recall: 2 of 2 and 2 of 3, on average 5/6. F1 = 2·(2/3)·(5/6)/(2/3 + 5/6).
    assertThat(agreement.f1()).isCloseTo(2 * (2.0 / 3) * (5.0 / 6) / 1.5, within(1e-12));
    // One: [0,20) with [0,22): 20/22; [20,100) with [22,80): 58/80.
    double one = (20 * 20.0 / 22 + 80 * 58.0 / 80) / 100;
    // Other: [20,60) with [22,80): 38/60; [60,100) with [22,80): 20/78, with [80,100): 20/40.
    double other = (20 * 20.0 / 22 + 40 * 38.0 / 60 + 40 * 20.0 / 40) / 100;
    assertThat(agreement.covering()).isCloseTo((one + other) / 2, within(1e-12));
  }

  @Test
  void a_change_that_was_found_is_right_for_one_mark_only() {
    // Found with 0: {0, 10}; marked: {0, 7, 12}. 10 goes to 7, so 12 has none: P = 1, R = 2/3.
    assertThat(Agreement.of(List.of(10), List.of(List.of(7, 12)), 50).f1())
        .isCloseTo(0.8, within(1e-12));
  }

  @Test
  void the_margin_is_five_observations() {
    assertThat(Agreement.of(List.of(25), List.of(List.of(20)), 50).f1()).isEqualTo(1);
    assertThat(Agreement.of(List.of(26), List.of(List.of(20)), 50).f1()).isEqualTo(0.5);
  }

  @Test
  void nothing_found_where_nothing_is_marked_is_perfect() {
    assertThat(Agreement.of(List.of(), List.of(List.of(), List.of()), 9))
        .isEqualTo(new Agreement(1, 1));
  }
}
