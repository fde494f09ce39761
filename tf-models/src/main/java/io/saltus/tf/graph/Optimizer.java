package io.saltus.tf.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How weights follow their gradients. What changes from step to step is a function of the step
 * alone and is fed, so no state but the variables and their slots is carried from step to step.
 */
public sealed interface Optimizer permits AdamW, Adam, Sgd {

  /** The learning rate of every step. */
  LearningRate learningRate();

  /** The greatest norm of the whole gradient, above which it is scaled down; 0 for any. */
  double clipNorm();

  /** What the names of its slots end with; each variable has one of each, at first zeros. */
  List<String> slots();

  /** How many numbers {@link #schedule} writes. */
  int scheduleSize();

  /**
   * What changes from step to step, the learning rate first.
   *
   * @param step at least 1
   * @param into {@link #scheduleSize} numbers
   */
  void schedule(long step, float[] into);

  /**
   * The update of one variable.
   *
   * @param tf makes operations that run after everything that reads the weights before the update
   * @param value the variable before the update
   * @param gradient clipped where it is to be
   * @param schedule what {@link #schedule} wrote
   * @return the last operation of the update
   */
  Op update(
      Ops tf,
      Variable variable,
      Operand<TFloat32> value,
      Operand<TFloat32> gradient,
      Operand<TFloat32> schedule);
}
