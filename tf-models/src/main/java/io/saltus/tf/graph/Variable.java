package io.saltus.tf.graph;

import java.util.List;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReadVariableOp;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * A trained variable with the moments that Adam keeps of its gradient.
 *
 * @param weight what it is
 * @param state its value
 * @param mean running mean of its gradient
 * @param meanSquare running mean of the gradient's square
 */
record Variable(Weight weight, StateVariable state, StateVariable mean, StateVariable meanSquare) {

  static Variable declare(Ops tf, Weight weight) {
    return new Variable(
        weight,
        new StateVariable(tf, weight.name(), weight.shape()),
        new StateVariable(tf, weight.name() + ".adam-mean", weight.shape()),
        new StateVariable(tf, weight.name() + ".adam-mean-square", weight.shape()));
  }

  VarHandleOp handle() {
    return state.handle();
  }

  ReadVariableOp<TFloat32> read(Ops tf) {
    return tf.readVariableOp(state.handle(), TFloat32.class);
  }

  List<StateVariable> states() {
    return List.of(state, mean, meanSquare);
  }
}
