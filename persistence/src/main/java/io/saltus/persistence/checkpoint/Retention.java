package io.saltus.persistence.checkpoint;

import io.saltus.persistence.projection.CheckpointState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which checkpoints of a run are worth their space. A pure function.
 *
 * @param keepLast how many of the newest are kept, from 1
 * @param keepEvery the first checkpoint at or after each multiple of this is kept, from 1
 * @param overlap how many steps before the end of the recorded history a resume would begin, from 0
 */
public record Retention(int keepLast, Optional<Long> keepEvery, long overlap) {

  /**
   * @throws IllegalArgumentException when a number is too small
   */
  public Retention {
    if (keepLast < 1 || keepEvery.filter(every -> every < 1).isPresent() || overlap < 0) {
      throw new IllegalArgumentException(
          "keep-last %d, keep-every %s, overlap %d".formatted(keepLast, keepEvery, overlap));
    }
  }

  /**
   * The checkpoints to drop. Kept are: the one of the first step, the last ones, the first at or
   * after each multiple of {@link #keepEvery}, the best, and for a resume the newest that lies the
   * overlap before the newest checkpoint, the one that will be that next, and the newest that lies
   * it before the current step. One that was found bad takes no good one's place and is dropped.
   *
   * @param checkpoints of one run, in any order
   * @param bestStep the step whose state the run is judged by
   * @param firstStep the step the run began with: 0, or that of its fork
   * @param currentStep the last step recorded
   * @return in the order of {@code checkpoints}
   */
  public List<CheckpointState> drops(
      List<CheckpointState> checkpoints,
      Optional<Long> bestStep,
      long firstStep,
      long currentStep) {
    List<CheckpointState> newestFirst =
        checkpoints.stream()
            .filter(CheckpointState::valid)
            .sorted(Comparator.comparingLong(CheckpointState::step).reversed())
            .toList();
    Set<CheckpointState> kept = new HashSet<>();
    newestFirst.stream().limit(keepLast).forEach(kept::add);
    newestFirst.stream()
        .filter(each -> isMilestone(each.step(), bestStep, firstStep))
        .forEach(kept::add);
    keepEvery.ifPresent(every -> keepFirsts(every, newestFirst, kept));
    newestFirst.stream()
        .findFirst()
        .ifPresent(
            newest -> {
              keepBefore(newest.step(), newestFirst, kept);
              keepNext(newest.step(), newestFirst, kept);
            });
    keepBefore(currentStep, newestFirst, kept);
    return checkpoints.stream().filter(each -> !kept.contains(each)).toList();
  }

  private boolean isMilestone(long step, Optional<Long> bestStep, long firstStep) {
    return step == firstStep || bestStep.filter(best -> best == step).isPresent();
  }

  /**
   * The oldest between each multiple and the next. It is never dropped, so it stays the oldest
   * there, however often this is asked and whatever is saved later.
   */
  private static void keepFirsts(
      long every, List<CheckpointState> newestFirst, Set<CheckpointState> kept) {
    Map<Long, CheckpointState> oldest = new HashMap<>();
    newestFirst.forEach(each -> oldest.put(each.step() / every, each));
    kept.addAll(oldest.values());
  }

  private void keepBefore(long end, List<CheckpointState> newestFirst, Set<CheckpointState> kept) {
    newestFirst.stream()
        .filter(each -> each.step() <= end - overlap)
        .findFirst()
        .ifPresent(kept::add);
  }

  /**
   * The oldest that is not yet the overlap before the newest, but will be: without it a run that
   * saves more often than that would be left with its first.
   */
  private void keepNext(long newest, List<CheckpointState> newestFirst, Set<CheckpointState> kept) {
    newestFirst.stream()
        .filter(each -> each.step() > newest - overlap)
        .reduce((newer, older) -> older)
        .ifPresent(kept::add);
  }
}
