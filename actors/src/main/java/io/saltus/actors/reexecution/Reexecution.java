package io.saltus.actors.reexecution;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.session.UntilProgress;
import io.saltus.persistence.checkpoint.CheckpointException;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.StepRange;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Executes recorded steps again and compares each: every deterministic metric, and the digest of
 * the state wherever one was ever saved. Begins after the step whose state the session holds, and
 * stops at the first difference.
 *
 * <p>Nothing that ended the run then may end it now: no rule of {@code until} is watched. Where the
 * run had come to its end, every set is evaluated, as it was then.
 */
public final class Reexecution {

  private static final UntilProgress NO_RULES = UntilProgress.of(List.of());

  private final TrainingSession session;
  private final CheckpointStore checkpoints;
  private final RecordedFrames recorded;
  private final SortedMap<Long, Sha256> savedStates;
  private final SortedSet<Long> ends;
  private final FrameComparison comparison;
  private final long from;
  private final long until;
  private long compared;
  private int states;

  /**
   * @param session holds the state before the first step that is to be executed
   * @param until the last step to execute, at most the last recorded one
   */
  public Reexecution(
      TrainingSession session, RecordedHistory history, CheckpointStore checkpoints, long until) {
    this.session = session;
    this.checkpoints = checkpoints;
    this.from = session.step() + 1;
    this.until = until;
    this.ends = ends(history.state());
    StepRange range = new StepRange(from, Math.max(from, until));
    this.recorded = new RecordedFrames(history.frames(range));
    this.savedStates = history.savedStates(range);
    this.comparison = new FrameComparison(session.catalogue());
  }

  /** The steps at which every set is evaluated: where the run ended, or will have to. */
  private static SortedSet<Long> ends(RunState state) {
    SortedSet<Long> ends = new TreeSet<>(state.completions());
    state.recorded().until().met().ifPresent(met -> ends.add(met.step()));
    ends.add(state.steps());
    return ends;
  }

  /** The first step that is executed. */
  public long from() {
    return from;
  }

  /** The last step to execute. */
  public long until() {
    return until;
  }

  /** The last step that was executed. */
  public long step() {
    return session.step();
  }

  /** Whether nothing is left to do. */
  public boolean done() {
    return session.step() >= until;
  }

  /** How many steps were executed and compared. */
  public long steps() {
    return compared;
  }

  /** How many metrics are compared. */
  public int metrics() {
    return comparison.metrics();
  }

  /** How many saved states were compared so far. */
  public int states() {
    return states;
  }

  /**
   * What a chunk gave.
   *
   * @param frame as computed now, metrics that are not deterministic included
   * @param difference the first one in it
   */
  public record Part(MetricFrame frame, Optional<Difference> difference) {}

  /**
   * Executes the next steps.
   *
   * @param atMost how many, at least 1; it stops earlier at saved states and where the run ended
   * @throws io.saltus.experiment.session.SessionException when the computation fails
   */
  public Part advance(long atMost) {
    long first = session.step() + 1;
    long end = ends.tailSet(first).first();
    long last = Math.min(Math.min(first + atMost - 1, until), end);
    SortedMap<Long, Sha256> ahead = savedStates.tailMap(first);
    if (!ahead.isEmpty()) {
      last = Math.min(last, ahead.firstKey());
    }
    MetricFrame frame = session.run(new Chunk(first, last, end, NO_RULES));
    Optional<Difference> difference =
        comparison
            .first(recorded.between(first, frame.until()), frame)
            .or(() -> stateDifference(frame.until()));
    compared += frame.until() - first + 1;
    if (difference.isEmpty() && frame.until() < last) {
      // Stopped by a value that is not finite, though the run went on then with the same values.
      difference =
          Optional.of(
              new Difference(frame.until() + 1, "end of the run", Difference.NONE, "not finite"));
    }
    return new Part(frame, difference);
  }

  private Optional<Difference> stateDifference(long step) {
    Sha256 saved = savedStates.get(step);
    if (saved == null) {
      return Optional.empty();
    }
    states++;
    List<TensorValue> state = session.read(new HashSet<>(session.variables()));
    Sha256 now = CheckpointStore.digest(state);
    return now.equals(saved)
        ? Optional.empty()
        : Optional.of(
            tensorDifference(step, saved, state)
                .orElseGet(() -> new Difference(step, "state", saved.hex(), now.hex())));
  }

  /** Names the tensor, when the file of the saved state is still there and good. */
  private Optional<Difference> tensorDifference(long step, Sha256 saved, List<TensorValue> state) {
    try {
      for (TensorValue then : checkpoints.load(saved)) {
        Optional<TensorValue> now =
            state.stream().filter(each -> each.name().equals(then.name())).findFirst();
        if (!now.equals(Optional.of(then))) {
          return Optional.of(
              new Difference(
                  step,
                  "tensor " + then.name(),
                  CheckpointStore.digest(List.of(then)).hex(),
                  now.map(each -> CheckpointStore.digest(List.of(each)).hex())
                      .orElse(Difference.NONE)));
        }
      }
    } catch (CheckpointException notThere) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
