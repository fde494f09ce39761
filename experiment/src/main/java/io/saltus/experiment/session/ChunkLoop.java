package io.saltus.experiment.session;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.spec.Cadence;
import io.saltus.experiment.spec.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The loop over the steps of a chunk, the same for every session: which sets are evaluated when,
 * where the run ends, and the rule that at the last step everything is evaluated.
 */
public final class ChunkLoop {

  private static final UntilProgress NO_RULES = UntilProgress.of(List.of());

  private final Catalogue catalogue;
  private final Evaluation evaluation;
  private final List<String> sets;

  /**
   * @param sets the names of all evaluation sets, in byte order
   */
  public ChunkLoop(Catalogue catalogue, Evaluation evaluation, List<String> sets) {
    this.catalogue = catalogue;
    this.evaluation = evaluation;
    this.sets = List.copyOf(sets);
  }

  /** Executes a chunk and returns its frame, from its first step to the last one executed. */
  public MetricFrame run(Chunk chunk, Stepper stepper) {
    FrameBuilder frame = new FrameBuilder(catalogue, chunk);
    for (long step = chunk.first(); step <= chunk.last(); step++) {
      List<String> due = step == 0 || step == chunk.end() ? sets : due(step);
      frame.begin(step);
      if (step == 0) {
        stepper.evaluate(step, due, frame);
      } else {
        stepper.update(step, due, frame);
      }
      if (frame.ended()) {
        if (due.size() < sets.size()) {
          List<String> missing = new ArrayList<>(sets);
          missing.removeAll(due);
          stepper.evaluate(step, missing, frame);
        }
        break;
      }
    }
    return frame.build();
  }

  /**
   * One set at one step, whether it is due or not.
   *
   * @param evaluating records the set's metrics
   * @throws SessionException when there is no such set
   */
  public MetricFrame evaluate(String set, long step, Consumer<StepRecord> evaluating) {
    if (!sets.contains(set)) {
      throw new SessionException(
          "there is no evaluation set " + set + "; there are " + String.join(", ", sets));
    }
    FrameBuilder frame = new FrameBuilder(catalogue, new Chunk(step, step, step, NO_RULES));
    evaluating.accept(frame);
    return frame.build();
  }

  private List<String> due(long step) {
    List<String> due = null;
    for (String set : sets) {
      Cadence cadence = evaluation.cadenceOf(set);
      if (cadence.due(step)) {
        due = due == null ? new ArrayList<>(sets.size()) : due;
        due.add(set);
      }
    }
    return due == null ? List.of() : due.size() == sets.size() ? sets : due;
  }
}
