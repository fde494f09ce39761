package io.saltus.persistence.series;

import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.persistence.projection.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Values of one metric and kind at ascending steps, as they are gathered. */
final class Values {

  private static final int FIRST_ROOM = 16;

  private final ColumnKind kind;
  private long[] steps = new long[FIRST_ROOM];
  private long[] bits = new long[FIRST_ROOM];
  private double[] numbers = new double[FIRST_ROOM];
  private int size;

  Values(ColumnKind kind) {
    this.kind = kind;
  }

  ColumnKind kind() {
    return kind;
  }

  int size() {
    return size;
  }

  /** Adds the values of a column from one place up to but not including another. */
  void add(ScalarColumn column, int from, int until) {
    makeRoom(until - from);
    for (int place = from; place < until; place++) {
      steps[size] = column.steps().at(place);
      bits[size] = Scalar.of(column, place).bits();
      numbers[size++] = column.asDouble(place);
    }
  }

  private void makeRoom(int more) {
    if (size + more > steps.length) {
      int room = Math.max(size + more, Math.multiplyExact(size, 2));
      steps = Arrays.copyOf(steps, room);
      bits = Arrays.copyOf(bits, room);
      numbers = Arrays.copyOf(numbers, room);
    }
  }

  Point point(int place) {
    return new Point(steps[place], new Scalar(kind, bits[place]));
  }

  /** All of them in blocks of a size; the last may be smaller. */
  List<Block> blocks(int blockSize) {
    List<Block> blocks = new ArrayList<>();
    for (int from = 0; from < size; from += blockSize) {
      blocks.add(block(from, Math.min(size, from + blockSize)));
    }
    return blocks;
  }

  private Block block(int from, int until) {
    int least = -1;
    int greatest = -1;
    int notNumber = -1;
    for (int place = from; place < until; place++) {
      double number = numbers[place];
      if (Double.isNaN(number)) {
        notNumber = notNumber < 0 ? place : notNumber;
        continue;
      }
      least = least < 0 || number < numbers[least] ? place : least;
      greatest = greatest < 0 || number > numbers[greatest] ? place : greatest;
    }
    return new Block(
        until - from,
        point(from),
        point(until - 1),
        least < 0 ? null : point(least),
        greatest < 0 ? null : point(greatest),
        notNumber < 0 ? null : point(notNumber));
  }
}
