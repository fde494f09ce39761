package io.saltus.analysis.online;

import java.util.Arrays;

/**
 * Bayesian online change detection: after each observation the probabilities of how long ago the
 * last change was, for normal observations whose mean and variance change together.
 *
 * <p>Why: where {@link Focus} says that something changed, this says with what probability and how
 * long ago, and it sees changes of the variance too.
 *
 * <p>How: each run length has a normal-gamma posterior, which predicts by Student's t; a change
 * comes with a constant hazard. Run lengths beyond a cap count as the cap, and their posterior is
 * that of the cap's observations.
 *
 * <p>Cost: time in the cap for each observation, one logarithm and one exponential per run length;
 * no allocation; memory in the cap.
 *
 * <p>R. Adams, D. MacKay, "Bayesian online changepoint detection", arXiv:0710.3742 (2007); the
 * posterior: K. Murphy, "Conjugate Bayesian analysis of the Gaussian distribution" (2007), §3.
 */
public final class RunLengths {

  /**
   * What is believed of a segment before its first observation, in units of standardised values.
   */
  private static final double PRIOR_WEIGHT = 0.1;

  private static final double PRIOR_SHAPE = 1;
  private static final double PRIOR_RATE = 1;

  /** Larger values are taken for this: their squares would be infinite. */
  private static final double LARGEST = 1e100;

  private final int cap;
  private final double hazard;
  private final double[] gammas;
  private final double[] spreads;

  /** A segment keeps its place in a ring while its run length grows. */
  private final double[] mean;

  private final double[] rate;
  private final double[] logRate;
  private final double[] probability;
  private int longest;
  private int head;

  private RunLengths(int cap, double hazard, double[] gammas, double[] spreads) {
    this.cap = cap;
    this.hazard = hazard;
    this.gammas = gammas;
    this.spreads = spreads;
    this.mean = new double[cap + 1];
    this.rate = new double[cap + 1];
    this.logRate = new double[cap + 1];
    this.probability = new double[cap + 1];
    begin(0);
    probability[0] = 1;
  }

  /**
   * One that has observed nothing. It expects values whose noise has a deviation of about 1 and
   * whose levels are a few such deviations apart.
   *
   * @param cap the longest run length that is told apart, from 1
   * @param expected how many observations a segment has on average, above 1 and finite
   */
  public static RunLengths create(int cap, double expected) {
    if (cap < 1) {
      throw new IllegalArgumentException("the cap of the run lengths is " + cap);
    }
    if (!(expected > 1 && expected < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the expected length of a segment is " + expected);
    }
    double[] gammas = new double[cap + 1];
    double[] spreads = new double[cap + 1];
    // Γ(α + 1/2)/Γ(α) for α = 1, and from α to α + 1/2 by Γ(α + 1) = α·Γ(α).
    gammas[0] = StrictMath.log(Math.sqrt(Math.PI) / 2);
    for (int length = 0; length <= cap; length++) {
      if (length > 0) {
        gammas[length] = StrictMath.log(shape(length - 1)) - gammas[length - 1];
      }
      double weight = PRIOR_WEIGHT + length;
      spreads[length] = StrictMath.log(2 * (weight + 1) / weight);
    }
    return new RunLengths(cap, 1 / expected, gammas, spreads);
  }

  private static double shape(int length) {
    return PRIOR_SHAPE + length / 2.0;
  }

  /**
   * Observes a value.
   *
   * @param value one that is not finite is passed over
   */
  public void observe(double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    double x = Math.max(-LARGEST, Math.min(LARGEST, value));
    double largest = Double.NEGATIVE_INFINITY;
    for (int length = 0; length <= longest; length++) {
      int place = place(length);
      double log = predict(place, length, x);
      if (probability[place] > 0) {
        log += StrictMath.log(probability[place]);
        largest = Math.max(largest, log);
      } else {
        log = Double.NEGATIVE_INFINITY;
      }
      probability[place] = log;
    }
    weigh(largest);
    grow();
  }

  /** The log density of a value, and the posterior that has learnt it. */
  private double predict(int place, int length, double x) {
    double weight = PRIOR_WEIGHT + length;
    double off = x - mean[place];
    double before = logRate[place];
    rate[place] += weight * off * off / (2 * (weight + 1));
    mean[place] += off / (weight + 1);
    logRate[place] = StrictMath.log(rate[place]);
    double shape = shape(length);
    return gammas[length] + shape * before - (shape + 0.5) * logRate[place] - 0.5 * spreads[length];
  }

  private void weigh(double largest) {
    double total = 0;
    for (int length = 0; length <= longest; length++) {
      int place = place(length);
      probability[place] = StrictMath.exp(probability[place] - largest);
      total += probability[place];
    }
    for (int length = 0; length <= longest; length++) {
      probability[place(length)] *= (1 - hazard) / total;
    }
  }

  /** Every run is one longer, and one may begin; what exceeds the cap is added to it. */
  private void grow() {
    double beyond = 0;
    if (longest == cap) {
      beyond = probability[place(cap)];
    } else {
      longest++;
    }
    head = head == 0 ? cap : head - 1;
    begin(head);
    probability[head] = hazard;
    probability[place(longest)] += beyond;
  }

  private void begin(int place) {
    mean[place] = 0;
    rate[place] = PRIOR_RATE;
    logRate[place] = 0;
  }

  private int place(int length) {
    int place = head + length;
    return place > cap ? place - cap - 1 : place;
  }

  /**
   * The probability that the segment has so many observations yet; 0 means that the next one is its
   * first.
   *
   * @param length from 0 to the cap; of the cap, that it has so many or more
   */
  public double probability(int length) {
    return length > longest ? 0 : probability[place(length)];
  }

  /** The probability that the segment has at most so many observations. */
  public double probabilityUpTo(int length) {
    double sum = 0;
    for (int i = 0; i <= Math.min(length, longest); i++) {
      sum += probability[place(i)];
    }
    return Math.min(1, sum);
  }

  /** The likeliest number of observations of the segment; the least of equal ones. */
  public int likeliest() {
    int best = 0;
    for (int i = 1; i <= longest; i++) {
      if (probability[place(i)] > probability[place(best)]) {
        best = i;
      }
    }
    return best;
  }

  /** One that goes on from here on its own. */
  public RunLengths copy() {
    RunLengths copy = new RunLengths(cap, hazard, gammas, spreads);
    System.arraycopy(mean, 0, copy.mean, 0, cap + 1);
    System.arraycopy(rate, 0, copy.rate, 0, cap + 1);
    System.arraycopy(logRate, 0, copy.logRate, 0, cap + 1);
    System.arraycopy(probability, 0, copy.probability, 0, cap + 1);
    copy.longest = longest;
    copy.head = head;
    return copy;
  }

  /** Whether this and another will say the same of all that follows. */
  public boolean isSameAs(RunLengths other) {
    return cap == other.cap
        && hazard == other.hazard
        && longest == other.longest
        && head == other.head
        && Arrays.equals(probability, other.probability)
        && Arrays.equals(mean, other.mean)
        && Arrays.equals(rate, other.rate);
  }
}
