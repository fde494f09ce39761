package io.saltus.experiment.session;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.spec.Cadence;
import io.saltus.experiment.spec.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The loop over the steps of a chunk, the same for every session: which sets are evaluated when,
 * where the run ends, and the rule that at the last step everything is evaluated.
 */
public final class ChunkLoop {

  private static final UntilProgress NO_RULES = UntilProgress.of(List.of());

  private final Catalogue catalogue;
  private final Evaluation evaluation;
  private final List<String> sets;

  /** What a step failed with whose predecessors were handed out; told when it is asked for. */
  private @Nullable RuntimeException failure;

  /**
   * @param sets the names of all evaluation sets, in byte order
   */
  public ChunkLoop(Catalogue catalogue, Evaluation evaluation, List<String> sets) {
    this.catalogue = catalogue;
    this.evaluation = evaluation;
    this.sets = List.copyOf(sets);
  }

  /**
   * Executes a chunk and returns its frame, from its first step to the last one executed. Where a
   * step fails, the frame ends before it, and the failure is thrown when that step is asked for: so
   * the journal says exactly which step a computation fails at, however steps are cut into chunks.
   */
  public MetricFrame run(Chunk chunk, Stepper stepper) {
    RuntimeException known = failure;
    if (known != null) {
      throw known;
    }
    FrameBuilder frame = new FrameBuilder(catalogue, chunk);
    for (long step = chunk.first(); step <= chunk.last(); step++) {
      frame.begin(step);
      try {
        execute(step, chunk, stepper, frame);
      } catch (RuntimeException e) {
        if (step == chunk.first() || e instanceof SessionLostException) {
          throw e;
        }
        failure = e;
        frame.abandon();
        break;
      }
      if (frame.ended()) {
        break;
      }
    }
    return frame.build();
  }

  private void execute(long step, Chunk chunk, Stepper stepper, FrameBuilder frame) {
    List<String> due = step == 0 || step == chunk.end() ? sets : due(step);
    if (step == 0) {
      stepper.evaluate(step, due, frame);
    } else {
      stepper.update(step, due, frame);
    }
    if (frame.ended() && due.size() < sets.size()) {
      List<String> missing = new ArrayList<>(sets);
      missing.removeAll(due);
      stepper.evaluate(step, missing, frame);
    }
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
