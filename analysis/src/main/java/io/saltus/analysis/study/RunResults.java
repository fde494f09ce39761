package io.saltus.analysis.study;

import io.saltus.analysis.jump.MetricSeries;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.metric.MetricName;
import java.util.List;
import java.util.Optional;

/** What one run of a study recorded. Asked only for what an expectation speaks of. */
public interface RunResults {

  /** How far a run has come. */
  enum Status {
    /** It came to its end: what it recorded is all there will be. */
    COMPLETED,
    /** It waits, is at work or was left; what it will show is not known. */
    UNFINISHED,
    /** It failed or was cancelled. */
    FAILED
  }

  /** The seed of the run, each once in a cell. */
  long seed();

  /** How far it has come. */
  Status status();

  /** The last step that it recorded, from 0. */
  double lastStep();

  /** The values of a metric over its steps; empty where it has none. */
  Optional<MetricSeries> series(MetricName metric);

  /** The jumps of all metrics; empty where the run was never analysed. */
  Optional<List<Jump>> jumps();
}
