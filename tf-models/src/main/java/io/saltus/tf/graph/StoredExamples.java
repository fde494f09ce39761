package io.saltus.tf.graph;

import io.saltus.tf.data.Examples;
import io.saltus.tf.data.Inputs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** The examples of one set inside a graph. */
final class StoredExamples {

  private final int size;
  private final int classes;
  private final List<DataColumn<TInt32>> numbers = new ArrayList<>();
  private final List<DataColumn<TUint8>> bytes = new ArrayList<>();
  private final DataColumn<TInt32> labels;

  StoredExamples(Ops tf, String name, Examples examples) {
    this.size = examples.size();
    this.classes = examples.classes();
    if (examples.inputs() instanceof Inputs.Pairs pairs) {
      numbers.add(numbers(tf, "data." + name + ".left", pairs.left()));
      numbers.add(numbers(tf, "data." + name + ".right", pairs.right()));
    } else if (examples.inputs() instanceof Inputs.Rows rows) {
      bytes.add(bytes(tf, "data." + name + ".rows", rows));
    }
    this.labels = numbers(tf, "data." + name + ".labels", examples.labels());
  }

  int size() {
    return size;
  }

  int classes() {
    return classes;
  }

  List<DataColumn<?>> columns() {
    List<DataColumn<?>> all = new ArrayList<>(numbers);
    all.addAll(bytes);
    all.add(labels);
    return all;
  }

  /** Inputs and labels of some examples. */
  record Batch(Features features, Operand<TInt32> labels) {}

  /** The examples at {@code indices}. */
  Batch at(Ops tf, Operand<TInt32> indices) {
    return batch(column -> column.rows(tf, indices), column -> column.rows(tf, indices));
  }

  /** {@code count} examples from {@code first}. */
  Batch slice(Ops tf, int first, int count) {
    return batch(column -> column.rows(tf, first, count), column -> column.rows(tf, first, count));
  }

  private Batch batch(
      Function<DataColumn<TInt32>, Operand<TInt32>> ofNumbers,
      Function<DataColumn<TUint8>, Operand<TUint8>> ofBytes) {
    return new Batch(
        new Features(map(numbers, ofNumbers), map(bytes, ofBytes)), ofNumbers.apply(labels));
  }

  private static <T extends TType> List<Operand<T>> map(
      List<DataColumn<T>> columns, Function<DataColumn<T>, Operand<T>> rows) {
    List<Operand<T>> operands = new ArrayList<>();
    columns.forEach(column -> operands.add(rows.apply(column)));
    return operands;
  }

  private static DataColumn<TInt32> numbers(Ops tf, String name, int[] values) {
    return new DataColumn<>(
        tf, name, TInt32.class, Shape.of(values.length), () -> TInt32.vectorOf(values));
  }

  private static DataColumn<TUint8> bytes(Ops tf, String name, Inputs.Rows rows) {
    Shape shape = Shape.of(rows.size(), rows.width());
    return new DataColumn<>(
        tf,
        name,
        TUint8.class,
        shape,
        () -> TUint8.tensorOf(shape, DataBuffers.of(rows.bytes(), true, false)));
  }
}
