package io.saltus.tf.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A function from inputs to one logit per class, without state of its own. */
public interface Network {

  /** Its variables, in a fixed order. */
  List<Weight> weights();

  /**
   * Its value.
   *
   * @param weights one operand per weight, in the order of {@link #weights}
   * @return shape [examples, classes]
   */
  Operand<TFloat32> logits(Ops tf, List<Operand<TFloat32>> weights, Features features);
}
