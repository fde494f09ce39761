package io.saltus.app.imports;

import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricName;

/**
 * When the steps of a log were written, as the metric that says so of runs computed here, too:
 * seconds since its first event. A step has the first time that it comes with, and neither steps
 * nor times ever go back: a log that was begun again has no further time for steps that it had.
 */
final class WallTimes {

  /** A double of seconds since 1970 tells no less; what it tells beyond is noise. */
  private static final double MICROS = 1e6;

  /** Some thirty thousand years: what lies beyond is no time. */
  private static final double LAST = 1e12;

  private final SeriesDraft seconds;
  private double begin = Double.NaN;
  private double now = Double.NaN;
  private double latest;
  private long step = -1;
  private long stepBack = -1;
  private long back;

  WallTimes(Allowance allowance) {
    seconds = new SeriesDraft(MetricName.WALL_SECONDS, ColumnKind.F64, allowance);
  }

  /** An event with a time, in seconds since 1970; what is no time is taken for none. */
  void event(double wallTime) {
    now = wallTime > 0 && wallTime < LAST ? wallTime : Double.NaN;
    if (Double.isNaN(begin)) {
      begin = now;
    }
  }

  /** The event has a value at a step. */
  void step(long at) {
    if (at <= step || Double.isNaN(now)) {
      return;
    }
    double passed = Math.rint((now - begin) * MICROS) / MICROS;
    if (passed >= latest) {
      seconds.add(at, passed);
      latest = passed;
      step = at;
    } else if (at != stepBack) {
      stepBack = at;
      back++;
    }
  }

  /** The series; of a log without times it is empty. */
  SeriesDraft seconds() {
    return seconds;
  }

  /** At how many steps the clock was behind what it had shown before. */
  long back() {
    return back;
  }
}
