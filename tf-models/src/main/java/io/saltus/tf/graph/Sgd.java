package io.saltus.tf.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Gradient descent with momentum: g ← g + wd·w, v ← μ·v + g, then w ← w − λ·v, or with Nesterov's
 * momentum w ← w − λ·(g + μ·v). Clipping comes before the decay is added. Every variable decays,
 * biases too.
 *
 * <p>The rate is outside of v, so a change of the rate acts at once. Without momentum v is the last
 * gradient: it is kept all the same, so that the state of a run does not depend on μ and a fork may
 * change it.
 *
 * <p>Source: I. Sutskever, J. Martens, G. Dahl, G. Hinton, "On the importance of initialization and
 * momentum in deep learning", ICML 2013, in the form with the rate outside and Nesterov's step
 * written for the weights that look ahead.
 *
 * @param learningRate λ of every step
 * @param weightDecay at least 0
 * @param momentum μ, in [0, 1)
 * @param nesterov whether a step looks ahead
 * @param clipNorm greatest norm of the whole gradient; 0 for any
 */
public record Sgd(
    LearningRate learningRate,
    double weightDecay,
    double momentum,
    boolean nesterov,
    double clipNorm)
    implements Optimizer {

  private static final List<String> SLOTS = List.of("momentum");

  @Override
  public List<String> slots() {
    return SLOTS;
  }

  @Override
  public int scheduleSize() {
    return 1;
  }

  @Override
  public void schedule(long step, float[] into) {
    into[Schedule.RATE] = (float) learningRate.at(step);
  }

  @Override
  public Op update(
      Ops tf,
      Variable variable,
      Operand<TFloat32> value,
      Operand<TFloat32> gradient,
      Operand<TFloat32> schedule) {
    StateVariable slot = variable.slots().get(0);
    Operand<TFloat32> share = tf.constant((float) momentum);
    Operand<TFloat32> decaying = Decay.added(tf, weightDecay, value, gradient);
    Operand<TFloat32> before = tf.readVariableOp(slot.handle(), TFloat32.class);
    Operand<TFloat32> velocity = tf.math.add(tf.math.mul(before, share), decaying);
    Op kept = slot.assign(tf, velocity);
    Operand<TFloat32> direction =
        nesterov ? tf.math.add(decaying, tf.math.mul(velocity, share)) : velocity;
    return tf.withControlDependencies(List.of(kept))
        .assignSubVariableOp(
            variable.handle(), tf.math.mul(direction, Schedule.rate(tf, schedule)));
  }
}
