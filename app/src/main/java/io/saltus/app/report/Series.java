package io.saltus.app.report;

import io.saltus.analysis.Downsampling;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.persistence.projection.Scalar;
import io.saltus.persistence.runs.RecordedFrame;
import io.saltus.persistence.series.Point;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of one metric over its steps, each in the kind it was recorded in. */
public final class Series {

  /** Little: there may be thousands of metrics. */
  private static final int FIRST_ROOM = 16;

  private final MetricName metric;
  private long[] steps = new long[FIRST_ROOM];
  private long[] bits = new long[FIRST_ROOM];
  private ColumnKind[] kinds = new ColumnKind[FIRST_ROOM];
  private int size;

  private Series(MetricName metric) {
    this.metric = metric;
  }

  /** Gathers the columns of a metric, in ascending steps. */
  public static Series gather(MetricName metric, Iterator<ScalarColumn> columns) {
    Series series = new Series(metric);
    columns.forEachRemaining(series::add);
    return series;
  }

  /**
   * Gathers several metrics in one pass over frames of ascending steps.
   *
   * @param most how many values may be gathered, of all metrics together
   * @throws TooManyValuesException when there are more
   * @return one series a name, in the order of the names; an empty one of what is not in them
   */
  public static List<Series> gather(
      List<MetricName> metrics, Iterator<RecordedFrame> frames, long most) {
    long gathered = 0;
    Map<MetricName, Series> series = new LinkedHashMap<>();
    metrics.forEach(metric -> series.put(metric, new Series(metric)));
    while (frames.hasNext()) {
      for (Column column : frames.next().frame().columns()) {
        Series into = series.get(column.name());
        if (into != null && column instanceof ScalarColumn scalar) {
          gathered += scalar.size();
          if (gathered > most) {
            throw new TooManyValuesException(most);
          }
          into.add(scalar);
        }
      }
    }
    return List.copyOf(series.values());
  }

  /** Points of a metric, in ascending steps. */
  public static Series of(MetricName metric, List<Point> points) {
    Series series = new Series(metric);
    points.forEach(point -> series.add(point.step(), point.value().kind(), point.value().bits()));
    return series;
  }

  /** The metric. */
  public MetricName metric() {
    return metric;
  }

  /** How many values. */
  public int size() {
    return size;
  }

  /** The step at a place, from 0. */
  public long step(int place) {
    return steps[place];
  }

  /** The value at a place, from 0. */
  public Scalar value(int place) {
    return new Scalar(kinds[place], bits[place]);
  }

  /** The place of a step; negative when nothing is recorded there. */
  public int placeOf(long step) {
    return Arrays.binarySearch(steps, 0, size, step);
  }

  /** At most so many of its points, with every extreme; all of them when they are no more. */
  public Series reduced(int points) {
    double[] values = new double[size];
    Arrays.setAll(values, place -> value(place).asDouble());
    Series reduced = new Series(metric);
    for (int place : Downsampling.places(values, points)) {
      reduced.add(steps[place], kinds[place], bits[place]);
    }
    return reduced;
  }

  private void add(ScalarColumn column) {
    for (int place = 0; place < column.size(); place++) {
      Scalar value = Scalar.of(column, place);
      add(column.steps().at(place), value.kind(), value.bits());
    }
  }

  private void add(long step, ColumnKind kind, long value) {
    if (size == steps.length) {
      int larger = Math.multiplyExact(size, 2);
      steps = Arrays.copyOf(steps, larger);
      bits = Arrays.copyOf(bits, larger);
      kinds = Arrays.copyOf(kinds, larger);
    }
    steps[size] = step;
    kinds[size] = kind;
    bits[size++] = value;
  }
}
