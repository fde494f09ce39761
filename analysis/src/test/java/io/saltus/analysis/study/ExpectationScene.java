package io.saltus.analysis.study;

import io.saltus.analysis.jump.MetricKind;
import io.saltus.analysis.jump.MetricSeries;
import io.saltus.analysis.study.RunResults.Status;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.spec.Expectation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Studies of a few made-up runs, and what one expectation says of them. */
class ExpectationScene {

  static final String DECAY = "optimizer.weight-decay";
  static final String REACHES = "metric = validation.accuracy, reaches = 0.99";
  static final double NEVER = Double.NaN;

  static Verdict check(String expectation, StudyResults results) {
    return ExpectationCheck.all(List.of(Expectation.parse(expectation)), results).get(0);
  }

  static StudyResults oneCell(Run... runs) {
    return cells(List.of(), new CellResults(new TreeMap<>(), List.of(runs)));
  }

  static CellResults cell(String decay, Run... runs) {
    return new CellResults(new TreeMap<>(Map.of(DECAY, decay)), List.of(runs));
  }

  static StudyResults cells(List<List<String>> zip, CellResults... cells) {
    return new StudyResults(List.of(cells), cells[0].runs().size(), zip);
  }

  /** 100 steps whose validation accuracy goes from a level to 1 at a step, or to 0 at none. */
  static Run run(long seed, double reached, double before) {
    return new Run(
        seed,
        Status.COMPLETED,
        Map.of("validation.accuracy", rising("validation.accuracy", reached, before)));
  }

  static MetricSeries rising(String name, double reached, double before) {
    double[] values = new double[101];
    for (int i = 0; i < values.length; i++) {
      values[i] = i >= reached ? 1 : Double.isNaN(reached) ? 0 : before;
    }
    return series(name, values);
  }

  static MetricSeries series(String name, double... values) {
    double[] steps = new double[values.length];
    Arrays.setAll(steps, i -> i);
    return new MetricSeries(name, steps, values, MetricKind.OTHER, 0);
  }

  record Run(long seed, Status status, Map<String, MetricSeries> all, Optional<List<Jump>> jumps)
      implements RunResults {

    Run(long seed, Status status, Map<String, MetricSeries> all) {
      this(seed, status, all, Optional.empty());
    }

    @Override
    public double lastStep() {
      return 100;
    }

    @Override
    public Optional<MetricSeries> series(MetricName metric) {
      return Optional.ofNullable(all.get(metric.value()));
    }
  }
}
