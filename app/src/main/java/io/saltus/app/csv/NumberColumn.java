package io.saltus.app.csv;

import java.util.Arrays;

/** One column of numbers, a row after the other; missing ones are NaN. */
public final class NumberColumn {

  private final String name;
  private double[] values = new double[1024];
  private int size;
  private int missing;

  NumberColumn(String name) {
    this.name = name;
  }

  /** What its heading says; without one, its place from 1. */
  public String name() {
    return name;
  }

  /** How many rows. */
  public int size() {
    return size;
  }

  /** How many of them have no number. */
  public int missing() {
    return missing;
  }

  /** The numbers, without the missing ones. */
  public double[] present() {
    double[] present = new double[size - missing];
    int next = 0;
    for (int row = 0; row < size; row++) {
      if (!Double.isNaN(values[row])) {
        present[next++] = values[row];
      }
    }
    return present;
  }

  /** The row of each number that is not missing. */
  public int[] rows() {
    int[] rows = new int[size - missing];
    int next = 0;
    for (int row = 0; row < size; row++) {
      if (!Double.isNaN(values[row])) {
        rows[next++] = row;
      }
    }
    return rows;
  }

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size + (size >> 1));
    }
    values[size++] = value;
    missing += Double.isNaN(value) ? 1 : 0;
  }
}
