package io.saltus.persistence.series;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.HistoryRewound;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.I64Column;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.persistence.runs.RunScript;
import io.saltus.persistence.runs.ScriptedJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * A run that records metrics of several kinds and cadences, some of whose values are not finite,
 * and that is interrupted and rewound now and then.
 */
final class Tale {

  static final RunId RUN = new RunId("tale");
  static final MetricName DENSE = new MetricName("dense");
  static final MetricName SINGLE = new MetricName("every-third");
  static final MetricName COUNT = new MetricName("every-fiftieth");
  static final MetricName RARE = new MetricName("now-and-then");
  static final List<MetricName> METRICS = List.of(DENSE, SINGLE, COUNT, RARE);

  private final ScriptedJournal journal = new ScriptedJournal();
  private final Random random;
  private final long scale;
  private int attempt = 1;
  private long step = -1;

  Tale(Random random) {
    this.random = random;
    // Steps so far apart that they do not fit 4 bytes, in one of four.
    scale = random.nextInt(4) == 0 ? 1L << 24 : 1;
    journal.append(RUN, RunScript.submitted(RUN), RunScript.started(1, -1));
  }

  ScriptedJournal journal() {
    return journal;
  }

  /** The last step that was recorded. */
  long step() {
    return Math.max(0, (step + 1) * scale - 1);
  }

  /** Something happens. */
  void goOn() {
    int what = random.nextInt(20);
    if (what == 0 && step > 0) {
      rewind(random.nextInt(3) == 0 ? random.nextInt((int) step + 1) : step - random.nextInt(3));
    } else if (what == 1) {
      journal.append(RUN, RunScript.checkpoint(attempt, Math.max(0, step)));
    } else {
      record(1 + random.nextInt(60));
    }
  }

  private void rewind(long to) {
    long left = Math.max(0, Math.min(step, to));
    attempt++;
    journal.append(
        RUN, RunScript.started(attempt, step()), new HistoryRewound(attempt, left * scale));
    step = left;
  }

  private void record(int count) {
    long from = step + 1;
    step += count;
    List<Column> columns = new ArrayList<>();
    Steps dense = steps(from, 1);
    float[] values = new float[dense.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value();
    }
    columns.add(new F32Column(DENSE, dense, values));
    Steps third = steps(from, 3);
    columns.add(new F64Column(SINGLE, third, third(third)));
    Steps fiftieth = steps(from, 50);
    if (fiftieth.size() > 0) {
      columns.add(new I64Column(COUNT, fiftieth, fiftieth.toArray()));
    }
    if (random.nextInt(4) == 0) {
      columns.add(new F64Column(RARE, Steps.of(from * scale), new double[] {value()}));
    }
    journal.append(
        RUN,
        RunScript.recorded(
            attempt, from * scale, (step + 1) * scale - 1, columns.toArray(Column[]::new)));
  }

  private Steps steps(long from, int every) {
    return Steps.of(
        LongStream.rangeClosed(from, step)
            .filter(each -> each % every == 0)
            .map(each -> each * scale)
            .toArray());
  }

  private double[] third(Steps steps) {
    double[] values = new double[steps.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value();
    }
    return values;
  }

  private double value() {
    return switch (random.nextInt(40)) {
      case 0 -> Double.NaN;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> Double.NEGATIVE_INFINITY;
      case 3 -> -0.0;
      case 4 -> 0.0;
      case 5, 6, 7, 8, 9, 10 -> random.nextInt(4);
      default -> random.nextGaussian();
    };
  }
}
