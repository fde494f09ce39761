package io.saltus.tf.session;

import io.saltus.tf.graph.Adam;
import io.saltus.tf.graph.AdamW;
import io.saltus.tf.graph.Optimizer;
import io.saltus.tf.graph.Sgd;

/** The update of one variable, written from the formulas, in doubles and element by element. */
final class ReferenceRule {

  private final Optimizer optimizer;
  private final double[] weights;
  private final double[] first;
  private final double[] second;

  ReferenceRule(Optimizer optimizer, float[] initial) {
    this.optimizer = optimizer;
    this.weights = new double[initial.length];
    this.first = new double[initial.length];
    this.second = new double[initial.length];
    for (int i = 0; i < initial.length; i++) {
      weights[i] = initial[i];
    }
  }

  double weight(int element) {
    return weights[element];
  }

  void setToZero(int element) {
    weights[element] = 0;
  }

  void update(long step, double rate, double clip, float[] gradients) {
    for (int i = 0; i < weights.length; i++) {
      double gradient = gradients[i] * clip;
      if (optimizer instanceof AdamW adamW) {
        weights[i] -= rate * adamW.weightDecay() * weights[i];
        adam(i, step, rate, gradient, adamW.beta1(), adamW.beta2(), adamW.epsilon());
      } else if (optimizer instanceof Adam adam) {
        double all = gradient + adam.weightDecay() * weights[i];
        adam(i, step, rate, all, adam.beta1(), adam.beta2(), adam.epsilon());
      } else if (optimizer instanceof Sgd sgd) {
        double all = gradient + sgd.weightDecay() * weights[i];
        first[i] = sgd.momentum() * first[i] + all;
        weights[i] -= rate * (sgd.nesterov() ? all + sgd.momentum() * first[i] : first[i]);
      }
    }
  }

  private void adam(
      int i, long step, double rate, double gradient, double beta1, double beta2, double epsilon) {
    first[i] = beta1 * first[i] + (1 - beta1) * gradient;
    second[i] = beta2 * second[i] + (1 - beta2) * gradient * gradient;
    double corrected = rate * Math.sqrt(1 - Math.pow(beta2, step)) / (1 - Math.pow(beta1, step));
    weights[i] -= corrected * first[i] / (Math.sqrt(second[i]) + epsilon);
  }
}
