package io.saltus.app.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** When seeds get somewhere, group by group. */
class ForestPlotTest {

  private static final double NONE = Double.NaN;
  private static final double NEVER = Double.POSITIVE_INFINITY;

  @Test
  void every_seed_the_median_and_its_interval_have_their_place() {
    ForestPlot plot = new ForestPlot(62, new StepAxis(100, false));
    plot.add(new ForestPlot.Row("wd 1", List.of(10L, 20L, 40L), List.of(), 20, 10, 40));
    plot.add(new ForestPlot.Row("0", List.of(50L), List.of(100L, 100L), NEVER, 50, NEVER));
    plot.add(new ForestPlot.Row("none", List.of(), List.of(100L), NEVER, NONE, NONE));

    assertThat(plot.render())
        .containsExactly(
            "     · a seed   › not by then   ● median   ─ its 95 % interval",
            "wd 1│      ·────●──────────·",
            "   0│                            ·──────────────────────────›",
            "none│                                                       ›",
            "    └────────────────────────────────────────────────────────",
            "step 0          20         40         60         80       100");
  }

  @Test
  void it_is_never_wider_than_was_asked_for() {
    for (int label = 0; label <= 24; label++) {
      for (boolean log : new boolean[] {false, true}) {
        for (long last : new long[] {0, 1, 9, 10_000, 12_345_678}) {
          ForestPlot plot = new ForestPlot(80, new StepAxis(last, log));
          plot.add(
              new ForestPlot.Row("x".repeat(label), List.of(last), List.of(0L), last, 0, NEVER));
          assertThat(plot.render())
              .as("label of %d, step %d", label, last)
              .allMatch(line -> line.length() <= 80);
        }
      }
    }
  }
}
