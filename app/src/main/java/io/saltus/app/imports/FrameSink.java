package io.saltus.app.imports;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;

/** Takes the frames of a run in the order of their steps. */
public interface FrameSink {

  /** What the frames to come record; before the first of them, and whenever it changes. */
  void start(Catalogue catalogue);

  /** Frames lie one beyond the other. */
  void add(MetricFrame frame);
}
