package io.saltus.app.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The axis of steps.
 *
 * @param last the last step shown, at least 1
 * @param log whether equal distances are equal ratios; step 0 then stands where step 1 does
 * @param name what it counts
 */
public record StepAxis(long last, boolean log, String name) {

  /** Where a mark stands, from 0 to 1, and what it says. */
  record Tick(double at, String label) {}

  /** Of the steps of a run. */
  public StepAxis(long last, boolean log) {
    this(last, log, "step");
  }

  /** An axis that holds at least one step. */
  public StepAxis {
    last = Math.max(1, last);
  }

  /** The place of a step, from 0 to 1. */
  double at(long step) {
    if (!log) {
      return clamp((double) step / last);
    }
    return last <= 1 ? 0 : clamp(Math.log10(Math.max(1, step)) / Math.log10(last));
  }

  /** Marks at round steps, in order. */
  List<Tick> ticks() {
    List<Tick> ticks = new ArrayList<>();
    if (log) {
      for (long step = 1; step <= last && step > 0; step *= 10) {
        ticks.add(tick(step));
      }
    } else {
      long every = roundDistance();
      for (long step = 0; step <= last; step += every) {
        ticks.add(tick(step));
      }
    }
    return ticks;
  }

  /** 1, 2 or 5 times a power of ten, so that there are at most six distances. */
  private long roundDistance() {
    long power = 1;
    while (true) {
      for (int digit : new int[] {1, 2, 5}) {
        if (last / (digit * power) <= 6) {
          return digit * power;
        }
      }
      power *= 10;
    }
  }

  private Tick tick(long step) {
    return new Tick(at(step), String.format(Locale.ROOT, "%,d", step));
  }

  private static double clamp(double place) {
    return Math.max(0, Math.min(1, place));
  }
}
