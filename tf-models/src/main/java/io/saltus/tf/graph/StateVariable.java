package io.saltus.tf.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReadVariableOp;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/** A variable that belongs to the state of a run: it can be read and put back bit for bit. */
public final class StateVariable {

  private final String name;
  private final Shape shape;
  private final VarHandleOp handle;
  private final ReadVariableOp<TFloat32> value;
  private final Placeholder<TFloat32> restored;
  private final Op restore;

  StateVariable(Ops tf, String name, Shape shape) {
    this.name = name;
    this.shape = shape;
    // Without a shared name two variables of one session are one.
    this.handle = tf.varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName(name));
    this.value = tf.readVariableOp(handle, TFloat32.class);
    this.restored = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    this.restore = tf.assignVariableOp(handle, restored);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its shape. */
  public Shape shape() {
    return shape;
  }

  /** Its value, for a run of its own. */
  public Operand<TFloat32> value() {
    return value;
  }

  /** Where a value to be restored is fed. */
  public Operand<TFloat32> restored() {
    return restored;
  }

  /** What stores the value that was fed. */
  public Op restore() {
    return restore;
  }

  VarHandleOp handle() {
    return handle;
  }

  Op assign(Ops tf, Operand<TFloat32> newValue) {
    return tf.assignVariableOp(handle, newValue);
  }
}
