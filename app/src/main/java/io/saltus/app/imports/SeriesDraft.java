package io.saltus.app.imports;

import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.I64Column;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.experiment.metric.Steps;
import java.util.Arrays;

/**
 * The values of one metric as they come, in any order of steps. Where a step comes twice the later
 * value counts, as it would for whoever wrote the log.
 */
final class SeriesDraft {

  /** What there is of a metric besides its values: names, theirs and ours, and places in tables. */
  private static final int BYTES_OF_ONE = 1_024;

  /** A step and a value. */
  private static final int BYTES_OF_A_VALUE = 2 * Long.BYTES;

  /** A place as an object and what refers to it. */
  private static final int BYTES_OF_A_PLACE = 24;

  private static final int FEW = 16;

  private final MetricName name;
  private final Allowance allowance;
  private ColumnKind kind;
  private long[] steps = new long[FEW];
  private long[] bits = new long[FEW];
  private int size;
  private boolean ascending = true;
  private int repeated;

  /**
   * @param kind F32, F64 or I64
   * @param allowance that its memory is taken of
   */
  SeriesDraft(MetricName name, ColumnKind kind, Allowance allowance) {
    allowance.take(BYTES_OF_ONE + FEW * BYTES_OF_A_VALUE);
    this.name = name;
    this.kind = kind;
    this.allowance = allowance;
  }

  MetricName name() {
    return name;
  }

  ColumnKind kind() {
    return kind;
  }

  int size() {
    return size;
  }

  /** How many values were overwritten by later ones, once {@link #finish} was called. */
  int repeated() {
    return repeated;
  }

  /** Adds an IEEE single, or its double where the others are doubles. */
  void add(long step, float value) {
    if (kind == ColumnKind.F32) {
      put(step, Float.floatToRawIntBits(value));
    } else {
      add(step, (double) value);
    }
  }

  /** Adds a double; from then on all are. */
  void add(long step, double value) {
    widen();
    put(step, Double.doubleToRawLongBits(value));
  }

  /** Adds an integer, as a double where the others are no integers. */
  void add(long step, long value) {
    if (size == 0) {
      kind = ColumnKind.I64;
    }
    if (kind == ColumnKind.I64) {
      put(step, value);
    } else {
      add(step, (double) value);
    }
  }

  private void widen() {
    if (kind == ColumnKind.F64) {
      return;
    }
    for (int i = 0; i < size; i++) {
      double value = kind == ColumnKind.F32 ? Float.intBitsToFloat((int) bits[i]) : bits[i];
      bits[i] = Double.doubleToRawLongBits(value);
    }
    kind = ColumnKind.F64;
  }

  private void put(long step, long value) {
    if (size == steps.length) {
      int longer = Math.multiplyExact(size, 2);
      allowance.take((long) longer * BYTES_OF_A_VALUE);
      steps = Arrays.copyOf(steps, longer);
      bits = Arrays.copyOf(bits, longer);
      allowance.giveBack((long) size * BYTES_OF_A_VALUE);
    }
    ascending &= size == 0 || step > steps[size - 1];
    steps[size] = step;
    bits[size++] = value;
  }

  /** Brings the steps into their order; nothing is added afterwards. */
  void finish() {
    if (ascending) {
      return;
    }
    allowance.take((long) size * (BYTES_OF_A_PLACE + BYTES_OF_A_VALUE));
    long given = (long) size * BYTES_OF_A_PLACE + (long) steps.length * BYTES_OF_A_VALUE;
    // The place is part of what is sorted, so that of one step the later value comes last.
    Integer[] places = new Integer[size];
    Arrays.setAll(places, place -> place);
    Arrays.sort(places, (one, two) -> Long.compare(steps[one], steps[two]));
    long[] sortedSteps = new long[size];
    long[] sortedBits = new long[size];
    int kept = 0;
    for (Integer place : places) {
      boolean again = kept > 0 && sortedSteps[kept - 1] == steps[place];
      int into = again ? kept - 1 : kept++;
      sortedSteps[into] = steps[place];
      sortedBits[into] = bits[place];
    }
    repeated = size - kept;
    steps = sortedSteps;
    bits = sortedBits;
    size = kept;
    ascending = true;
    allowance.giveBack(given);
  }

  /** The step at a place, from 0. */
  long step(int place) {
    return steps[place];
  }

  /** The part from one place up to but not including another. */
  ScalarColumn column(int from, int until) {
    Steps part = Steps.of(Arrays.copyOfRange(steps, from, until));
    if (kind == ColumnKind.I64) {
      return new I64Column(name, part, Arrays.copyOfRange(bits, from, until));
    } else if (kind == ColumnKind.F64) {
      double[] values = new double[until - from];
      Arrays.setAll(values, place -> Double.longBitsToDouble(bits[from + place]));
      return new F64Column(name, part, values);
    }
    float[] values = new float[until - from];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat((int) bits[from + i]);
    }
    return new F32Column(name, part, values);
  }
}
