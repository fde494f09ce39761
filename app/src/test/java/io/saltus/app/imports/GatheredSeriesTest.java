package io.saltus.app.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.app.problem.Refusal;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Values in any order become frames in order. */
class GatheredSeriesTest {

  private static final MetricName LOSS = new MetricName("loss");
  private static final MetricName RARE = new MetricName("rare");

  private final List<MetricFrame> frames = new ArrayList<>();

  private void pour(GatheredSeries series) {
    series.finish();
    series.pour(
        new FrameSink() {
          @Override
          public void start(Catalogue catalogue) {}

          @Override
          public void add(MetricFrame frame) {
            frames.add(frame);
          }
        });
  }

  private static GatheredSeries gathered() {
    return new GatheredSeries(Allowance.ofHeap("a test"));
  }

  private SortedMap<Long, Double> all(MetricName name) {
    SortedMap<Long, Double> all = new TreeMap<>();
    for (MetricFrame frame : frames) {
      for (Column column : frame.columns()) {
        if (column.name().equals(name) && column instanceof ScalarColumn scalar) {
          for (int i = 0; i < scalar.size(); i++) {
            all.put(scalar.steps().at(i), scalar.asDouble(i));
          }
        }
      }
    }
    return all;
  }

  @Property(seed = "3", tries = 100)
  void the_last_value_of_each_step_counts_in_whatever_order_they_come(
      @ForAll @Size(max = 200) List<@IntRange(max = 50) Integer> steps) {
    frames.clear();
    GatheredSeries series = gathered();
    SortedMap<Long, Double> expected = new TreeMap<>();
    for (int i = 0; i < steps.size(); i++) {
      series.of(LOSS, ColumnKind.F64).add(steps.get(i).longValue(), (double) i);
      expected.put(steps.get(i).longValue(), (double) i);
    }
    pour(series);
    assertThat(all(LOSS)).isEqualTo(expected);
  }

  @Test
  void frames_are_bounded_and_lie_one_beyond_the_other() {
    GatheredSeries series = gathered();
    for (long step = 5; step < 20_005; step++) {
      series.of(LOSS, ColumnKind.F32).add(step, (float) step);
      if (step % 1000 == 0) {
        series.of(RARE, ColumnKind.F64).add(step, (double) step);
      }
    }
    pour(series);
    assertThat(all(LOSS)).hasSize(20_000);
    assertThat(all(RARE)).hasSize(20);
    long before = -1;
    for (MetricFrame frame : frames) {
      assertThat(frame.from()).isGreaterThan(before);
      before = frame.until();
      assertThat(frame.columns()).allMatch(column -> column.size() <= 4096);
    }
    assertThat(frames.get(0).from()).isEqualTo(5);
    assertThat(before).isEqualTo(20_004);
  }

  @Test
  void what_is_gathered_is_charged_with_what_it_takes() {
    Allowance allowance = new Allowance("a test", 100_000);
    GatheredSeries metrics = new GatheredSeries(allowance);
    assertThatThrownBy(
            () -> {
              for (int each = 0; each < 100; each++) {
                metrics.of(new MetricName("m" + each), ColumnKind.F64).add(0, 1.0);
              }
            })
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("fit into memory");

    GatheredSeries values = new GatheredSeries(new Allowance("a test", 100_000));
    assertThatThrownBy(
            () -> {
              for (long step = 0; step <= 4_096; step++) {
                values.of(LOSS, ColumnKind.F64).add(step, 1.0);
              }
            })
        .isInstanceOf(Refusal.class);
  }

  @Test
  void sorting_is_charged_for_as_long_as_it_lasts() {
    // 2,048 values take 32 KiB, and to sort them 80 KiB beside these.
    GatheredSeries tight = descending(new Allowance("a test", 100_000));
    assertThatThrownBy(tight::finish).isInstanceOf(Refusal.class);
    Allowance enough = new Allowance("a test", 150_000);
    GatheredSeries series = descending(enough);
    assertThat(series.finish()).isZero();
    enough.take(100_000);
    pour(series);
    assertThat(all(LOSS)).hasSize(2_048);
  }

  private static GatheredSeries descending(Allowance allowance) {
    GatheredSeries series = new GatheredSeries(allowance);
    for (long step = 2_048; step > 0; step--) {
      series.of(LOSS, ColumnKind.F64).add(step, 1.0);
    }
    return series;
  }

  @Test
  void a_run_has_ten_thousand_metrics_at_most() {
    GatheredSeries series = gathered();
    for (int each = 0; each < 10_000; each++) {
      series.of(new MetricName("m" + each), ColumnKind.F64).add(0, 1.0);
    }
    series.of(new MetricName("m9999"), ColumnKind.F64).add(1, 1.0);
    assertThatThrownBy(() -> series.of(LOSS, ColumnKind.F64))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("more than 10000 metrics");
  }

  @Test
  void kinds_are_widened_where_they_differ() {
    GatheredSeries series = gathered();
    series.of(LOSS, ColumnKind.F32).add(1, 0.1f);
    series.of(LOSS, ColumnKind.F32).add(2, 7L);
    series.of(LOSS, ColumnKind.F32).add(3, 0.1);
    pour(series);
    assertThat(frames.get(0).columns().get(0).kind()).isEqualTo(ColumnKind.F64);
    assertThat(all(LOSS)).containsEntry(1L, (double) 0.1f).containsEntry(2L, 7.0);
  }
}
