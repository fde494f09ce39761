package io.saltus.persistence.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.event.ProbeEvent.ProbeRecorded;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.metric.VectorColumn;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ProbedMetricsTest {

  private static final MetricName NORM = new MetricName("weight-norm.x");

  private final ProbedMetrics probed = ProbedMetrics.none();

  @Test
  void windows_are_put_together_in_ascending_steps() {
    probed.add(numbers(10, 12, 1), Long.MAX_VALUE);
    probed.add(numbers(1, 3, 2), Long.MAX_VALUE);

    assertThat(values(StepRange.ALL)).isEqualTo("{1=2.0, 2=2.0, 3=2.0, 10=1.0, 11=1.0, 12=1.0}");
  }

  @Test
  void where_windows_overlap_the_later_value_counts() {
    probed.add(numbers(1, 6, 1), Long.MAX_VALUE);
    probed.add(numbers(3, 4, 2), Long.MAX_VALUE);

    assertThat(values(StepRange.ALL)).isEqualTo("{1=1.0, 2=1.0, 3=2.0, 4=2.0, 5=1.0, 6=1.0}");
    assertThat(values(new StepRange(4, 5))).isEqualTo("{4=2.0, 5=1.0}");
  }

  @Test
  void what_was_superseded_does_not_count() {
    probed.add(numbers(1, 6, 1), 4);

    assertThat(values(StepRange.ALL)).isEqualTo("{1=1.0, 2=1.0, 3=1.0, 4=1.0}");
  }

  @Test
  void a_metric_that_is_superseded_as_a_whole_has_no_entry() {
    probed.add(numbers(5, 6, 1), 4);

    assertThat(probed.catalogue()).isEmpty();
    assertThat(probed.find(NORM)).isEmpty();
    assertThat(probed.columns(NORM, StepRange.ALL)).isEmpty();
  }

  @Test
  void values_of_another_kind_replace_all_before() {
    probed.add(numbers(1, 3, 1), Long.MAX_VALUE);
    probed.add(
        event(
            ColumnKind.VECTOR, 2, new VectorColumn(NORM, Steps.of(2), 2, new float[] {1, 2}), 2, 2),
        Long.MAX_VALUE);

    assertThat(probed.find(NORM).orElseThrow().kind()).isEqualTo(ColumnKind.VECTOR);
    assertThat(probed.columns(NORM, StepRange.ALL))
        .singleElement()
        .isEqualTo(new VectorColumn(NORM, Steps.of(2), 2, new float[] {1, 2}));
  }

  private String values(StepRange range) {
    TreeMap<Long, Double> values = new TreeMap<>();
    long before = -1;
    for (Column column : probed.columns(NORM, range)) {
      F64Column numbers = (F64Column) column;
      for (int place = 0; place < numbers.size(); place++) {
        long step = numbers.steps().at(place);
        assertThat(step).isGreaterThan(before);
        before = step;
        values.put(step, numbers.value(place));
      }
    }
    return values.toString();
  }

  private static ProbeRecorded numbers(long from, long until, double value) {
    long[] steps = LongStream.rangeClosed(from, until).toArray();
    double[] values = new double[steps.length];
    Arrays.fill(values, value);
    return event(ColumnKind.F64, 1, new F64Column(NORM, Steps.of(steps), values), from, until);
  }

  private static ProbeRecorded event(
      ColumnKind kind, int width, Column column, long from, long until) {
    return new ProbeRecorded(
        "weight-norm",
        1,
        from,
        until,
        new Catalogue(
            List.of(new MetricDescriptor(NORM, "", kind, width, "", "every step", false, true))),
        new MetricFrame(from, until, List.of(column)));
  }
}
