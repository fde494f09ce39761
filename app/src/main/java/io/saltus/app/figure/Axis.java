package io.saltus.app.figure;

import io.saltus.app.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A stretch of numbers on a stretch of pixels.
 *
 * @param low number at the pixel {@code from}
 * @param high number at the pixel {@code to}; more than {@code low}
 * @param logarithm whether the numbers are decimal logarithms of what is labelled
 */
record Axis(double low, double high, double from, double to, boolean logarithm) {

  /**
   * A place with a label.
   *
   * @param at the number, on the axis' own scale
   */
  record Tick(double at, String label) {}

  /** An axis from one number to another, also where they are equal or none. */
  static Axis of(double low, double high, double from, double to, boolean logarithm) {
    if (!(low <= high)) {
      return new Axis(0, 1, from, to, logarithm);
    }
    double least = Math.max(1e-9, 1e-6 * Math.max(Math.abs(low), Math.abs(high)));
    double slack = high - low < least ? Math.max(0.5 * Math.abs(low), 0.5) : 0;
    return new Axis(low - slack, high + slack, from, to, logarithm);
  }

  double pixel(double number) {
    return from + (number - low) / (high - low) * (to - from);
  }

  boolean holds(double number) {
    return number >= low && number <= high;
  }

  /** Between three and about so many round places. */
  List<Tick> ticks(int most) {
    return logarithm ? powers(most) : rounds(most);
  }

  private List<Tick> rounds(int most) {
    double raw = (high - low) / most;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = power * (raw / power <= 1 ? 1 : raw / power <= 2 ? 2 : raw / power <= 5 ? 5 : 10);
    int digits = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    List<Tick> ticks = new ArrayList<>();
    for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
      ticks.add(new Tick(k * step, label(k * step, digits)));
    }
    return ticks;
  }

  private static String label(double value, int digits) {
    return digits > 6 || Math.abs(value) >= 1e6
        ? Figures.real(value)
        : String.format(Locale.ROOT, "%." + digits + "f", value == 0 ? 0.0 : value);
  }

  private List<Tick> powers(int most) {
    int[] within = high - low > 3 ? new int[] {1} : new int[] {1, 2, 5};
    int every = Math.max(1, (int) Math.ceil((high - low) * within.length / most));
    List<Tick> ticks = new ArrayList<>();
    for (int power = (int) Math.floor(low); power <= high; power++) {
      for (int digit : within) {
        double at = power + Math.log10(digit);
        boolean wanted = within.length > 1 || Math.floorMod(power, every) == 0;
        if (wanted && holds(at)) {
          ticks.add(new Tick(at, power(digit, power)));
        }
      }
    }
    return ticks;
  }

  private static String power(int digit, int power) {
    if (power >= 6 || power < -4) {
      return digit + "e" + power;
    }
    double value = digit * Math.pow(10, power);
    return power >= 0
        ? Figures.whole(Math.round(value))
        : String.format(Locale.ROOT, "%." + -power + "f", value);
  }
}
