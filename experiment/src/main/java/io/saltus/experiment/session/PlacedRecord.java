package io.saltus.experiment.session;

import java.util.Objects;

/**
 * The part of a record that belongs to a probe.
 *
 * @param all where values go
 * @param first place of the probe's first metric
 * @param metrics how many the probe has
 */
record PlacedRecord(StepRecord all, int first, int metrics) implements StepRecord {

  @Override
  public void f32(int metric, float value) {
    all.f32(place(metric), value);
  }

  @Override
  public void f64(int metric, double value) {
    all.f64(place(metric), value);
  }

  @Override
  public void i64(int metric, long value) {
    all.i64(place(metric), value);
  }

  @Override
  public void vector(int metric, float[] values) {
    all.vector(place(metric), values);
  }

  @Override
  public void histogram(int metric, double[] edges, long[] counts) {
    all.histogram(place(metric), edges, counts);
  }

  private int place(int metric) {
    return first + Objects.checkIndex(metric, metrics);
  }
}
