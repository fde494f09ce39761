package io.saltus.tf.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.MetricFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ChunksProperties {

  private static final int STEPS = 60;

  @Property(tries = 12, seed = "20261123")
  void how_steps_are_cut_into_chunks_changes_no_bit(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 25) Integer> sizes) {
    try (TensorFlowSession whole = TensorFlowSession.open(Plans.small(3));
        TensorFlowSession cut = TensorFlowSession.open(Plans.small(3))) {
      Map<String, List<Float>> expected = new TreeMap<>();
      collect(Plans.run(whole, STEPS), expected);

      Map<String, List<Float>> pieces = new TreeMap<>();
      for (int i = 0; cut.step() < STEPS; i++) {
        long last = Math.min(STEPS, cut.step() + sizes.get(i % sizes.size()));
        collect(Plans.run(cut, last, STEPS), pieces);
      }
      assertThat(pieces).isEqualTo(expected);
    }
  }

  private static void collect(MetricFrame frame, Map<String, List<Float>> into) {
    frame
        .columns()
        .forEach(
            column -> {
              List<Float> values =
                  into.computeIfAbsent(column.name().value(), name -> new ArrayList<>());
              for (float value : ((F32Column) column).toArray()) {
                values.add(value);
              }
            });
  }
}
