package io.saltus.actors.reexecution;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.StepRange;
import java.time.Instant;
import java.util.Iterator;
import java.util.SortedMap;

/** The current history of one run, as its re-execution reads it. Used by one thread at a time. */
public interface RecordedHistory extends AutoCloseable {

  /** The state of the run as the journal has it now, with nothing superseded in it. */
  RunState state();

  /** The frames in ascending steps, cut to a range, with their deterministic columns only. */
  Iterator<MetricFrame> frames(StepRange range);

  /** The digests of the run's states that were ever saved, by step. */
  SortedMap<Long, Sha256> savedStates(StepRange range);

  /**
   * When the attempts of the run ended that came after its last frame, by their numbers; of an
   * earlier one nothing is said.
   */
  SortedMap<Integer, Instant> ends();

  /** Frees what it holds. */
  @Override
  void close();
}
