package io.saltus.bench.judge.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.analysis.change.ChangeModel;
import io.saltus.analysis.change.Segmentation;
import io.saltus.bench.judge.exactness.ExactnessPart.Comparison;
import io.saltus.bench.judge.ground.JudgeOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExactnessPartTest {

  private static final double[] VALUES = {0, 0, 0, 4, 4, 4};

  @Test
  void plain_partitioning_finds_what_can_be_seen() {
    Costs costs = Costs.of(ChangeModel.MEAN, VALUES);
    assertThat(PlainPartitioning.of(costs, 6, 1, 1))
        .isEqualTo(new PlainPartitioning(1, List.of(3)));
    // One change saves 24; with segments of four at least there can be none.
    assertThat(PlainPartitioning.of(costs, 6, 25, 1).changePoints()).isEmpty();
    assertThat(PlainPartitioning.of(costs, 6, 1, 4))
        .isEqualTo(new PlainPartitioning(24, List.of()));
  }

  @Test
  void what_is_not_the_optimum_is_noticed() {
    Costs costs = Costs.of(ChangeModel.MEAN, VALUES);
    assertThat(Comparison.of(costs, new Segmentation(6, List.of(3), 0, 1), 1, 1))
        .isEqualTo(new Comparison(true, 0));
    assertThat(Comparison.of(costs, new Segmentation(6, List.of(2), 0, 1), 1, 1).optimal())
        .isFalse();
    assertThat(Comparison.of(costs, new Segmentation(6, List.of(3), 0, 1.5), 1, 1))
        .isEqualTo(new Comparison(true, 0.5));
    assertThat(Comparison.of(costs, new Segmentation(6, List.of(3), 0, 1), 1, 4).optimal())
        .isFalse();
  }

  @Test
  void all_models_are_exact_on_a_few_signals_and_on_those_of_ruptures() throws Exception {
    List<String> lines =
        new ExactnessPart().judge(JudgeOptions.parse("--signals", "50"), words -> {});
    assertThat(lines).hasSize(2 + 5);
    assertThat(lines.subList(2, 7)).allMatch(line -> line.endsWith("| all | yes |"));
    assertThat(lines.get(6)).contains("| 8 | 8 |");
  }
}
