package io.saltus.analysis.jump;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The greatest rise or pulse over all places and widths of a series about its drift, each in units
 * of what noise alone does there. One search costs some hundred thousand operations, so that a
 * bootstrap can repeat it in every replicate.
 */
final class Search {

  static final double[] WIDTHS = {0, 0.1, 0.2, 0.35, 0.5, 0.8, 1.2, 1.8};

  /** Lengths in cells of pulses, which pass and are seen by no single rise. */
  private static final int[] PULSES = {3, 6, 12, 24};

  final Drift drift;
  final Rises rises;
  private final double[][] lengths;
  private final double[] deviations;

  /** One over length and deviation; 0 where there is none. */
  private final double[][] units;

  Search(LogBins bins) {
    drift = new Drift(bins.x, bins.weights);
    rises = new Rises(bins.x, bins.weights, WIDTHS);
    lengths = lengths();
    deviations = new double[size()];
    Arrays.fill(deviations, Double.POSITIVE_INFINITY);
    units = new double[Drift.EXPONENTS][size()];
  }

  /** Room for one search at a time. */
  final class Bench {
    final double[] values = new double[rises.x.length];
    final double[] products = new double[Search.this.size()];
    private final double[][] sums = new double[2][rises.x.length + 1];
    int exponent;

    /** Takes the drift away from the values and multiplies every rise with what is left. */
    void look() {
      exponent = drift.remove(values);
      multiply(values, sums, products);
    }

    /** The size of a rise alone. */
    double size(int rise) {
      double length = lengths[exponent][rise];
      return length == 0 ? 0 : products[rise] / (length * length);
    }

    /** How many deviations a rise is from 0. */
    double score(int rise) {
      return Math.abs(products[rise]) * units[exponent][rise];
    }

    double greatestScore() {
      double greatest = 0;
      double[] unit = units[exponent];
      for (int k = 0; k < products.length; k++) {
        greatest = Math.max(greatest, Math.abs(products[k]) * unit[k]);
      }
      return greatest;
    }
  }

  /** Learns what noise does at every rise from some simulated series. */
  void calibrate(NoiseModel noise, double[] trend, long seed, int replicates) {
    Bench bench = new Bench();
    double[] squares = new double[size()];
    for (int b = 0; b < replicates; b++) {
      noise.simulate(new SplittableRandom(Seeds.mix(seed, b)), bench.values);
      for (int i = 0; i < trend.length; i++) {
        bench.values[i] += trend[i];
      }
      bench.look();
      for (int k = 0; k < squares.length; k++) {
        double length = lengths[bench.exponent][k];
        double along = length == 0 ? 0 : bench.products[k] / length;
        squares[k] += along * along / replicates;
      }
    }
    for (int k = 0; k < squares.length; k++) {
      deviations[k] = squares[k] == 0 ? Double.POSITIVE_INFINITY : Math.sqrt(squares[k]);
      for (int c = 0; c < units.length; c++) {
        units[c][k] = lengths[c][k] == 0 ? 0 : 1 / (lengths[c][k] * deviations[k]);
      }
    }
  }

  /** What noise alone does along a rise of length 1. */
  double deviation(int rise) {
    return deviations[rise];
  }

  /** A rise, weighted, without what the drift takes of it. */
  double[] alone(int rise, int exponent) {
    double[] result = new double[rises.x.length];
    rises.fill(rise, result);
    drift.remove(result, exponent);
    for (int i = 0; i < result.length; i++) {
      result[i] *= rises.weights[i];
    }
    return result;
  }

  private int size() {
    return rises.size() + PULSES.length * rises.x.length;
  }

  private void multiply(double[] series, double[][] sums, double[] into) {
    rises.products(series, sums, into);
    for (int k = 0; k < PULSES.length; k++) {
      rises.pulses(sums, PULSES[k], into, rises.size() + k * rises.x.length);
    }
  }

  /** The drift that is closest to a series. */
  double[] trend(double[] y) {
    double[] rest = y.clone();
    drift.remove(rest);
    for (int i = 0; i < rest.length; i++) {
      rest[i] = y[i] - rest[i];
    }
    return rest;
  }

  /** Per exponent and rise, the length of what the drift leaves of the rise; 0 where nothing. */
  private double[][] lengths() {
    int n = rises.x.length;
    double[] rise = new double[n];
    double[] squares = new double[size()];
    for (int k = 0; k < rises.size(); k++) {
      rises.fill(k, rise);
      double mean = 0;
      double square = 0;
      for (int i = 0; i < n; i++) {
        mean += rises.weights[i] * rise[i];
        square += rises.weights[i] * rise[i] * rise[i];
      }
      squares[k] = square - mean * mean;
    }
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    double[][] sums = new double[2][n + 1];
    double[] along = new double[size()];
    multiply(ones, sums, along);
    for (int k = rises.size(); k < size(); k++) {
      squares[k] = along[k] - along[k] * along[k];
    }
    double[] more = new double[size()];
    double[][] result = new double[Drift.EXPONENTS][size()];
    for (int c = 0; c < Drift.EXPONENTS; c++) {
      multiply(drift.basis[c], sums, along);
      multiply(drift.tangents[c], sums, more);
      for (int k = 0; k < squares.length; k++) {
        double left = squares[k] - along[k] * along[k] - more[k] * more[k];
        result[c][k] = left > 1e-3 * squares[k] ? Math.sqrt(left) : 0;
      }
    }
    return result;
  }
}
