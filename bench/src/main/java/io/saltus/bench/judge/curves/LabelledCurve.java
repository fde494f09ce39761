package io.saltus.bench.judge.curves;

import io.saltus.analysis.jump.MetricSeries;
import java.util.List;

/**
 * A curve of which the jumps are known.
 *
 * @param unscored places, log₁₀ of steps, at which calls are neither true nor false
 */
record LabelledCurve(MetricSeries series, List<Truth> truths, List<Double> unscored) {

  LabelledCurve {
    truths = List.copyOf(truths);
    unscored = List.copyOf(unscored);
  }
}
