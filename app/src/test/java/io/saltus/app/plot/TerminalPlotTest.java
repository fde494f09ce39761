package io.saltus.app.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalPlotTest {

  @Test
  void two_series_share_one_picture_of_eighty_columns() throws IOException {
    TerminalPlot plot = new TerminalPlot(80, new StepAxis(1_000, true), ValueAxis.shares(), false);
    Line training = plot.line("train.accuracy", Style.FINE);
    Line validation = plot.line("validation.accuracy", Style.STRONG);
    for (int step = 0; step <= 1_000; step++) {
      training.to(step, Math.min(1, step / 50.0));
      validation.to(step, Math.max(0, (step - 500) / 500.0));
    }

    assertThat(plot.render()).isEqualTo(golden("two-series.txt"));
  }

  @Test
  void a_value_that_is_not_finite_leaves_a_gap_and_harms_nothing() {
    TerminalPlot plot = new TerminalPlot(80, new StepAxis(3, false), ValueAxis.shares(), false);
    Line line = plot.line("m", Style.FINE);
    line.to(0, 0.5);
    line.to(1, Double.NaN);
    line.to(2, Double.POSITIVE_INFINITY);
    line.to(3, 0.5);

    List<String> field = plot.render().subList(1, 18);
    assertThat(String.join("", field).chars().filter(c -> c > 0x2800 && c <= 0x28ff).count())
        .isEqualTo(2);
  }

  @Test
  void the_spike_of_one_step_is_seen() {
    TerminalPlot plot =
        new TerminalPlot(80, new StepAxis(100_000, false), ValueAxis.shares(), false);
    Line line = plot.line("m", Style.STRONG);
    for (int step = 0; step <= 100_000; step++) {
      line.to(step, step == 31_415 ? 1 : 0);
    }

    assertThat(plot.render().get(1)).contains("▄");
  }

  @Test
  void a_flat_series_and_a_run_of_one_step_can_be_drawn() {
    TerminalPlot plot = new TerminalPlot(80, new StepAxis(0, true), new ValueAxis(3, 3), false);
    plot.line("m", Style.FINE).to(0, 3);

    assertThat(plot.render()).hasSize(21);
    assertThat(plot.render()).allMatch(row -> row.length() <= 80);
  }

  @Test
  void colours_only_where_they_were_asked_for() {
    TerminalPlot plot = new TerminalPlot(80, new StepAxis(10, false), ValueAxis.shares(), true);
    plot.line("m", Style.FINE).to(3, 0.5);

    assertThat(String.join("\n", plot.render())).contains("\u001b[36m").contains("\u001b[0m");
  }

  private static List<String> golden(String name) throws IOException {
    try (InputStream in = TerminalPlotTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
