package io.saltus.actors.reexecution;

import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.persistence.checkpoint.CheckpointException;
import io.saltus.persistence.checkpoint.CheckpointStore;
import io.saltus.persistence.projection.CheckpointState;
import io.saltus.persistence.projection.RunState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The state that a session begins from.
 *
 * @param checkpoint that it lies in; empty when the session begins with step 0 itself
 * @param tensors of the checkpoint
 * @param flaws of the checkpoints that were looked at and cannot be used
 */
public record StartingPoint(
    Optional<CheckpointState> checkpoint, List<TensorValue> tensors, List<Flaw> flaws) {

  /** A checkpoint that cannot be used, and why. */
  public record Flaw(CheckpointState checkpoint, String reason) {}

  /** Copies the lists. */
  public StartingPoint {
    tensors = List.copyOf(tensors);
    flaws = List.copyOf(flaws);
  }

  /** The step whose state this is; -1 before step 0. */
  public long step() {
    return checkpoint.map(CheckpointState::step).orElse(-1L);
  }

  /**
   * For a resume: looks at every checkpoint that the run refers to, used or not, and takes the
   * latest good one that lies at least {@code overlap} steps before the end of the journal, so that
   * something is left to compare; else the state that the run began with: that of step 0, which can
   * be computed where its file is bad, or of its fork, which cannot.
   */
  public static StartingPoint forResume(RunState state, CheckpointStore store, long overlap) {
    List<Flaw> flaws = new ArrayList<>();
    List<CheckpointState> good = new ArrayList<>();
    for (CheckpointState checkpoint : state.checkpoints()) {
      if (checkpoint.valid()) {
        store
            .flaw(checkpoint.sha256(), checkpoint.bytes())
            .ifPresentOrElse(
                reason -> flaws.add(new Flaw(checkpoint, reason)), () -> good.add(checkpoint));
      }
    }
    good.sort(Comparator.comparingLong(CheckpointState::step));
    Optional<CheckpointState> chosen =
        latest(good, state.step() - overlap)
            .or(() -> good.stream().findFirst().filter(first -> isBeginning(first, state)));
    return load(state, chosen, store, flaws);
  }

  private static boolean isBeginning(CheckpointState checkpoint, RunState state) {
    boolean forked = state.parent().isPresent();
    return forked || (checkpoint.step() == 0 && state.step() > 0);
  }

  /** For anything else: the latest good checkpoint that is not beyond a step; else step 0. */
  public static StartingPoint notBeyond(long step, RunState state, CheckpointStore store) {
    List<CheckpointState> candidates =
        new ArrayList<>(state.checkpoints().stream().filter(CheckpointState::valid).toList());
    candidates.sort(Comparator.comparingLong(CheckpointState::step));
    List<Flaw> flaws = new ArrayList<>();
    Optional<CheckpointState> next = latest(candidates, step);
    while (next.isPresent()) {
      CheckpointState candidate = next.get();
      Optional<String> flaw = store.flaw(candidate.sha256(), candidate.bytes());
      if (flaw.isEmpty()) {
        return load(state, next, store, flaws);
      }
      flaws.add(new Flaw(candidate, flaw.get()));
      candidates.remove(candidate);
      next = latest(candidates, step);
    }
    return load(state, Optional.empty(), store, flaws);
  }

  private static Optional<CheckpointState> latest(List<CheckpointState> ascending, long step) {
    return ascending.stream()
        .filter(checkpoint -> checkpoint.step() <= step)
        .reduce((earlier, later) -> later);
  }

  private static StartingPoint load(
      RunState state, Optional<CheckpointState> chosen, CheckpointStore store, List<Flaw> flaws) {
    if (chosen.isEmpty()) {
      state
          .parent()
          .ifPresent(
              origin -> {
                throw new SessionException(
                    "no checkpoint of this fork can be used, and it cannot begin anew without the state of %s at step %d. Fork again: saltus fork %s --step %d"
                        .formatted(origin.run(), origin.step(), origin.run(), origin.step()));
              });
      return new StartingPoint(Optional.empty(), List.of(), flaws);
    }
    try {
      return new StartingPoint(chosen, store.load(chosen.get().sha256()), flaws);
    } catch (CheckpointException e) {
      throw new SessionException(
          "the checkpoint of step %d changed while it was read: %s. Try again."
              .formatted(chosen.get().step(), e.getMessage()),
          e);
    }
  }

  /** Puts the state into a session that is at its beginning. */
  public void restore(TrainingSession session) {
    if (checkpoint.isPresent()) {
      session.restore(step(), tensors);
    }
  }
}
