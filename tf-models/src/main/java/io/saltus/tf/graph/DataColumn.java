package io.saltus.tf.graph;

import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.family.TType;

/**
 * A column of examples in a variable, filled once by a feed: as a constant it would be copied into
 * every serialised form of the graph, and the graph's digest would depend on the data.
 */
public final class DataColumn<T extends TType> {

  private final Class<T> type;
  private final Shape shape;
  private final VarHandleOp handle;
  private final Placeholder<T> content;
  private final Op load;
  private final Supplier<? extends Tensor> tensor;

  DataColumn(Ops tf, String name, Class<T> type, Shape shape, Supplier<? extends Tensor> tensor) {
    this.type = type;
    this.shape = shape;
    this.tensor = tensor;
    this.handle = tf.varHandleOp(type, shape, VarHandleOp.sharedName(name));
    this.content = tf.placeholder(type, Placeholder.shape(shape));
    this.load = tf.assignVariableOp(handle, content);
  }

  /** Where the content is fed. */
  public Operand<?> content() {
    return content;
  }

  /** What stores the content. */
  public Op load() {
    return load;
  }

  /** The content; the caller closes it. */
  public Tensor tensor() {
    return tensor.get();
  }

  /** All of it. */
  Operand<T> all(Ops tf) {
    return tf.readVariableOp(handle, type);
  }

  /** The rows at {@code indices}. */
  Operand<T> rows(Ops tf, Operand<? extends org.tensorflow.types.family.TNumber> indices) {
    return tf.gather(tf.readVariableOp(handle, type), indices, tf.constant(0));
  }

  /** {@code count} rows from {@code first}. */
  Operand<T> rows(Ops tf, int first, int count) {
    int[] begin = new int[shape.numDimensions()];
    begin[0] = first;
    int[] size = new int[begin.length];
    size[0] = count;
    for (int i = 1; i < size.length; i++) {
      size[i] = Math.toIntExact(shape.get(i));
    }
    return tf.slice(tf.readVariableOp(handle, type), tf.constant(begin), tf.constant(size));
  }
}
