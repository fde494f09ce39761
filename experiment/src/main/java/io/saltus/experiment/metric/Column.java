package io.saltus.experiment.metric;

/** The values of one metric in one frame, at steps of its own. Immutable. */
public sealed interface Column permits ScalarColumn, VectorColumn, HistogramColumn, ArtefactColumn {

  /** The metric. */
  MetricName name();

  /** Where the values stand. */
  Steps steps();

  /** How the values are stored. */
  ColumnKind kind();

  /** The part whose steps are in [from, until], both included; may be empty. */
  Column between(long from, long until);

  /** How many steps have a value. */
  default int size() {
    return steps().size();
  }
}
