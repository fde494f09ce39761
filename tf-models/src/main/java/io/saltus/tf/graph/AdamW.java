package io.saltus.tf.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adam with decoupled weight decay: w ← w − λ·wd·w, then Adam's step at the rate λ. Every variable
 * decays, biases too.
 *
 * <p>Sources: D. P. Kingma, J. Ba, "Adam", arXiv 1412.6980 (in the form before its section 2.1 with
 * ε beside the uncorrected root, as TensorFlow computes it); I. Loshchilov, F. Hutter, "Decoupled
 * Weight Decay Regularization", arXiv 1711.05101, algorithm 2. TensorFlow has no fused operation.
 *
 * @param learningRate λ of every step
 * @param weightDecay at least 0
 * @param beta1 decay of the mean, in [0, 1)
 * @param beta2 decay of the mean square, in [0, 1)
 * @param epsilon above 0
 * @param clipNorm greatest norm of the whole gradient; 0 for any
 */
public record AdamW(
    LearningRate learningRate,
    double weightDecay,
    double beta1,
    double beta2,
    double epsilon,
    double clipNorm)
    implements Optimizer {

  /**
   * At a rate that stays, and without clipping.
   *
   * @param learningRate after the warm-up, above 0
   * @param warmUpSteps steps over which the rate rises linearly to its full value; 0 for none
   */
  public AdamW(
      double learningRate,
      double weightDecay,
      double beta1,
      double beta2,
      double epsilon,
      long warmUpSteps) {
    this(
        new LearningRate(learningRate, warmUpSteps, RateSchedule.CONSTANT),
        weightDecay,
        beta1,
        beta2,
        epsilon,
        0.0);
  }

  @Override
  public List<String> slots() {
    return AdamMoments.SLOTS;
  }

  @Override
  public int scheduleSize() {
    return AdamMoments.SCHEDULE_SIZE;
  }

  @Override
  public void schedule(long step, float[] into) {
    moments().schedule(learningRate, step, into);
  }

  @Override
  public Op update(
      Ops tf,
      Variable variable,
      Operand<TFloat32> value,
      Operand<TFloat32> gradient,
      Operand<TFloat32> schedule) {
    Operand<TFloat32> rate = Schedule.rate(tf, schedule);
    Operand<TFloat32> share = tf.math.mul(rate, tf.constant((float) weightDecay));
    Op decay = tf.assignSubVariableOp(variable.handle(), tf.math.mul(value, share));
    Ops last = tf.withControlDependencies(List.of(decay));
    return moments().apply(tf, last, variable, rate, gradient, schedule);
  }

  private AdamMoments moments() {
    return new AdamMoments(beta1, beta2, epsilon);
  }
}
