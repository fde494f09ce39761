package io.saltus.tf.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/** Unsigned 64-bit integers, which TensorFlow's Java API has no type for. */
public final class Unsigned {

  private Unsigned() {}

  /** The same bits as unsigned integers. */
  public static Operand<? extends TNumber> bits(Ops tf, Operand<TInt64> signed) {
    Scope scope = tf.scope();
    return scope
        .env()
        .opBuilder("Bitcast", scope.makeOpName("Unsigned"), scope)
        .addInput(signed.asOutput())
        .setAttr("type", DataType.DT_UINT64)
        .build()
        .<TInt64>output(0);
  }
}
