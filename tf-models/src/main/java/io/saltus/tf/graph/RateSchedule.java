package io.saltus.tf.graph;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How the learning rate goes on after its warm-up, as a function of the step alone. Computed with
 * StrictMath, so that it is the same on every JVM.
 */
public sealed interface RateSchedule {

  /** The rate stays what it is. */
  RateSchedule CONSTANT = new Constant();

  /**
   * The rate of an update, but for the warm-up.
   *
   * @param initial the rate at the end of the warm-up, above 0
   * @param warmUpSteps steps of the warm-up, at least 0
   * @param step at least 1, counted from the beginning of the run or, in a fork, of its parent
   */
  double at(double initial, long warmUpSteps, long step);

  /** {@code λ(s) = λ₀}. */
  record Constant() implements RateSchedule {
    @Override
    public double at(double initial, long warmUpSteps, long step) {
      return initial;
    }
  }

  /**
   * {@code λ(s) = λ₀ + (λ₁ − λ₀)·p} with {@code p = (s − W)/(T − W)}, bounded to [0, 1].
   *
   * @param lastStep T: from here on the rate is the last one; beyond the warm-up
   * @param last λ₁, at least 0
   */
  record Linear(long lastStep, double last) implements RateSchedule {
    @Override
    public double at(double initial, long warmUpSteps, long step) {
      double part = part(warmUpSteps, lastStep, step);
      return part < 1 ? initial + (last - initial) * part : last;
    }
  }

  /**
   * {@code λ(s) = λ₁ + (λ₀ − λ₁)·(1 + cos(π·p))/2}, p as in {@link Linear}.
   *
   * <p>Source: I. Loshchilov, F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts",
   * arXiv 1608.03983, equation 5, without restarts.
   *
   * @param lastStep T: from here on the rate is the last one; beyond the warm-up
   * @param last λ₁, at least 0
   */
  record Cosine(long lastStep, double last) implements RateSchedule {
    @Override
    public double at(double initial, long warmUpSteps, long step) {
      double part = part(warmUpSteps, lastStep, step);
      return part < 1
          ? last + (initial - last) * (1 + StrictMath.cos(StrictMath.PI * part)) / 2
          : last;
    }
  }

  /**
   * {@code λ(s) = λ₀·f^⌊s/E⌋}.
   *
   * @param every E, at least 1
   * @param factor f, in (0, 1)
   */
  record Step(long every, double factor) implements RateSchedule {
    @Override
    public double at(double initial, long warmUpSteps, long step) {
      long falls = step / every;
      return initial * StrictMath.pow(factor, falls);
    }
  }

  /**
   * {@code λ(s) = λ₀·√(K/max(s, K))}.
   *
   * <p>Source: A. Vaswani et al., "Attention Is All You Need", arXiv 1706.03762, section 5.3, where
   * K is the end of the warm-up.
   *
   * @param constantSteps K, at least 1 and no less than the warm-up
   */
  record InverseSqrt(long constantSteps) implements RateSchedule {
    @Override
    public double at(double initial, long warmUpSteps, long step) {
      return step <= constantSteps
          ? initial
          : initial * StrictMath.sqrt((double) constantSteps / step);
    }
  }

  /**
   * The rate of the last place that has been reached; before the first, λ₀.
   *
   * @param rates by the step of the first update that has them, at least 1; each above 0
   */
  record Piecewise(NavigableMap<Long, Double> rates) implements RateSchedule {

    /** Copies the rates. */
    public Piecewise {
      rates = Collections.unmodifiableNavigableMap(new TreeMap<>(rates));
    }

    @Override
    public double at(double initial, long warmUpSteps, long step) {
      Map.Entry<Long, Double> reached = rates.floorEntry(step);
      return reached == null ? initial : reached.getValue();
    }
  }

  private static double part(long from, long to, long step) {
    return step <= from ? 0 : step >= to ? 1 : (double) (step - from) / (to - from);
  }
}
