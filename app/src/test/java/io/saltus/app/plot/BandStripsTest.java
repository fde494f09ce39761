package io.saltus.app.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A metric over steps, group by group. */
class BandStripsTest {

  @Test
  void the_greatest_the_median_and_the_least_stand_below_each_other() {
    BandStrips plot = new BandStrips(44, new StepAxis(15, false), ValueAxis.shares());
    plot.add(
        new BandStrips.Strip(
            "wd 1",
            List.of(
                new BandStrips.Point(0, 0, 0.25, 0.5),
                new BandStrips.Point(5, 0.25, 0.5, 0.75),
                new BandStrips.Point(15, 1, 1, 1))));
    plot.add(new BandStrips.Strip("empty", List.of()));

    assertThat(plot.render())
        .containsExactly(
            "         max ▅▅▅▅▅▅▅▅▅▅▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇█",
            "wd 1  median ▃▃▃▃▃▃▃▃▃▃▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅█",
            "         min ▁▁▁▁▁▁▁▁▁▁▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃█",
            "         max",
            "empty median",
            "         min",
            "          height: 0.00 to 1.00; step 0 to 15");
  }

  @Test
  void it_is_never_wider_than_was_asked_for() {
    for (int label = 0; label <= 24; label++) {
      for (long last : new long[] {1, 10_000, 1_234_567_890}) {
        BandStrips plot =
            new BandStrips(80, new StepAxis(last, true), new ValueAxis(-12_345, 99_999));
        plot.add(
            new BandStrips.Strip(
                "x".repeat(label), List.of(new BandStrips.Point(last, -12_345, 0, 99_999))));
        assertThat(plot.render()).allMatch(line -> line.length() <= 80);
      }
    }
  }
}
