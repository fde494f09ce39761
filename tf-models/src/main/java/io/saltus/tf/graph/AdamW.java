package io.saltus.tf.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReadVariableOp;
import org.tensorflow.types.TFloat32;

/**
 * Adam with decoupled weight decay: w ← w − λ·wd·w, then Adam's step at the rate λ. Every variable
 * decays, biases too.
 *
 * <p>Sources: D. P. Kingma, J. Ba, "Adam", arXiv 1412.6980 (in the form before its section 2.1 with
 * ε beside the uncorrected root, as TensorFlow computes it); I. Loshchilov, F. Hutter, "Decoupled
 * Weight Decay Regularization", arXiv 1711.05101, algorithm 2. TensorFlow has no fused operation.
 *
 * @param learningRate after the warm-up, above 0
 * @param weightDecay at least 0
 * @param beta1 decay of the mean, in [0, 1)
 * @param beta2 decay of the mean square, in [0, 1)
 * @param epsilon above 0
 * @param warmUpSteps steps over which the rate rises linearly to its full value; 0 for none
 */
public record AdamW(
    double learningRate,
    double weightDecay,
    double beta1,
    double beta2,
    double epsilon,
    long warmUpSteps) {

  /** How many numbers {@link #schedule} writes. */
  public static final int SCHEDULE_SIZE = 3;

  private static final int RATE = 0;
  private static final int POWER_1 = 1;
  private static final int POWER_2 = 2;

  /**
   * What changes from step to step: learning rate, β₁ˢ and β₂ˢ. Computed from the step alone, so
   * that no state but the variables and their moments is carried from step to step, and with
   * StrictMath, so that it is the same on every JVM. Denormals do no harm: they are subtracted from
   * 1.
   *
   * @param step at least 1
   * @param into {@value #SCHEDULE_SIZE} numbers
   */
  public void schedule(long step, float[] into) {
    double warmth = step < warmUpSteps ? (double) step / warmUpSteps : 1;
    into[RATE] = (float) (learningRate * warmth);
    into[POWER_1] = (float) StrictMath.pow(beta1, step);
    into[POWER_2] = (float) StrictMath.pow(beta2, step);
  }

  /** The learning rate inside the graph. */
  static Operand<TFloat32> rate(Ops tf, Operand<TFloat32> schedule) {
    return at(tf, schedule, RATE);
  }

  /**
   * The update of one variable.
   *
   * @param tf makes operations that run after everything that reads the weights before the update
   * @param value the variable before the update
   * @return the last operation of the update
   */
  Op update(
      Ops tf,
      Variable variable,
      ReadVariableOp<TFloat32> value,
      Operand<TFloat32> gradient,
      Operand<TFloat32> schedule) {
    Operand<TFloat32> rate = rate(tf, schedule);
    Operand<TFloat32> share = tf.math.mul(rate, tf.constant((float) weightDecay));
    Op decay = tf.assignSubVariableOp(variable.handle(), tf.math.mul(value, share));
    return tf.withControlDependencies(List.of(decay))
        .train
        .resourceApplyAdam(
            variable.handle(),
            variable.mean().handle(),
            variable.meanSquare().handle(),
            at(tf, schedule, POWER_1),
            at(tf, schedule, POWER_2),
            rate,
            tf.constant((float) beta1),
            tf.constant((float) beta2),
            tf.constant((float) epsilon),
            gradient);
  }

  private static Operand<TFloat32> at(Ops tf, Operand<TFloat32> schedule, int place) {
    return tf.gather(schedule, tf.constant(place), tf.constant(0));
  }
}
