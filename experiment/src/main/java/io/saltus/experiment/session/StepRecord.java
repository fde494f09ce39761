package io.saltus.experiment.session;

/** Where a session puts the values of a step; metrics by their place in the catalogue. */
public interface StepRecord {

  /** Records an IEEE single. */
  void f32(int metric, float value);

  /** Records an IEEE double. */
  void f64(int metric, double value);

  /** Records an integer. */
  void i64(int metric, long value);

  /**
   * Records a vector.
   *
   * @param values as many as the metric is wide; copied
   */
  void vector(int metric, float[] values);

  /**
   * Records a histogram.
   *
   * @param edges the same at every step, one more than the metric is wide; copied
   * @param counts as many as the metric is wide; copied
   */
  void histogram(int metric, double[] edges, long[] counts);
}
