package io.saltus.analysis.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the exact solvers of ruptures 1.1 on random signals. */
class RupturesTest {

  /** A signal and what the other library found. */
  record Case(
      String id,
      double penalty,
      List<Integer> changePoints,
      double cost,
      double penalisedCost,
      double[] signal) {
    @Override
    public String toString() {
      return id;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_penalised_optimum_has_the_same_changes_and_cost(Case given) {
    Segmentation found = MeanChanges.of(given.signal(), 1).penalised(given.penalty());

    assertThat(found.changePoints()).isEqualTo(given.changePoints());
    assertThat(found.cost()).isCloseTo(given.cost(), within(1e-9 * given.cost()));
    assertThat(found.penalisedCost())
        .isCloseTo(given.penalisedCost(), within(1e-9 * given.penalisedCost()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_best_so_many_changes_are_the_same(Case given) {
    assertThat(MeanChanges.of(given.signal(), 1).best(given.changePoints().size()).changePoints())
        .isEqualTo(given.changePoints());
  }

  static Stream<Case> cases() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    RupturesTest.class.getResourceAsStream("/ruptures/optimal-l2.tsv")),
                StandardCharsets.UTF_8))) {
      return reader.lines().map(RupturesTest::read).toList().stream();
    }
  }

  private static Case read(String line) {
    String[] fields = line.split("\t", -1);
    return new Case(
        fields[0],
        Double.parseDouble(fields[1]),
        fields[2].isEmpty()
            ? List.of()
            : Arrays.stream(fields[2].split(",", -1)).map(Integer::valueOf).toList(),
        Double.parseDouble(fields[3]),
        Double.parseDouble(fields[4]),
        Arrays.stream(fields[5].split(",", -1)).mapToDouble(Double::parseDouble).toArray());
  }
}
