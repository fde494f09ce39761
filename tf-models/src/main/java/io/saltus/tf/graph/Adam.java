package io.saltus.tf.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adam, with weight decay as a part of the gradient: g ← g + wd·w, then Adam's step. So the decay
 * goes through the moments, and weights with large gradients decay less; see {@link AdamW} for the
 * other way. Clipping comes before the decay is added. Every variable decays, biases too.
 *
 * <p>Source: D. P. Kingma, J. Ba, "Adam", arXiv 1412.6980, in the form that {@link AdamW} names.
 *
 * @param learningRate λ of every step
 * @param weightDecay at least 0
 * @param beta1 decay of the mean, in [0, 1)
 * @param beta2 decay of the mean square, in [0, 1)
 * @param epsilon above 0
 * @param clipNorm greatest norm of the whole gradient; 0 for any
 */
public record Adam(
    LearningRate learningRate,
    double weightDecay,
    double beta1,
    double beta2,
    double epsilon,
    double clipNorm)
    implements Optimizer {

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
    Operand<TFloat32> decaying = Decay.added(tf, weightDecay, value, gradient);
    return moments().apply(tf, tf, variable, Schedule.rate(tf, schedule), decaying, schedule);
  }

  private AdamMoments moments() {
    return new AdamMoments(beta1, beta2, epsilon);
  }
}
