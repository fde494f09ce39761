package io.saltus.tf.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What Adam keeps of the gradients, and its step.
 *
 * @param beta1 decay of the mean, in [0, 1)
 * @param beta2 decay of the mean square, in [0, 1)
 * @param epsilon above 0
 */
record AdamMoments(double beta1, double beta2, double epsilon) {

  static final List<String> SLOTS = List.of("adam-mean", "adam-mean-square");
  static final int SCHEDULE_SIZE = 3;

  private static final int POWER_1 = 1;
  private static final int POWER_2 = 2;

  /**
   * Learning rate, β₁ˢ and β₂ˢ, with StrictMath, so that they are the same on every JVM. Denormals
   * do no harm: they are subtracted from 1.
   */
  void schedule(LearningRate learningRate, long step, float[] into) {
    into[Schedule.RATE] = (float) learningRate.at(step);
    into[POWER_1] = (float) StrictMath.pow(beta1, step);
    into[POWER_2] = (float) StrictMath.pow(beta2, step);
  }

  /**
   * @param last makes the operation that changes variable and moments
   */
  Op apply(
      Ops tf,
      Ops last,
      Variable variable,
      Operand<TFloat32> rate,
      Operand<TFloat32> gradient,
      Operand<TFloat32> schedule) {
    return last.train.resourceApplyAdam(
        variable.handle(),
        variable.slots().get(0).handle(),
        variable.slots().get(1).handle(),
        Schedule.at(tf, schedule, POWER_1),
        Schedule.at(tf, schedule, POWER_2),
        rate,
        tf.constant((float) beta1),
        tf.constant((float) beta2),
        tf.constant((float) epsilon),
        gradient);
  }
}
