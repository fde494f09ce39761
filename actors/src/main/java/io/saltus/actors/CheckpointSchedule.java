package io.saltus.actors;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.spec.CheckpointCadence;
import io.saltus.persistence.projection.AttemptState;
import io.saltus.persistence.projection.RunState;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * When an attempt saves its state. Step 0 is always due, and so is the last step. No result depends
 * on it, so it may look at a clock.
 *
 * <p>With {@code auto} the time between checkpoints is that of Young (1974) and Daly (2006): with
 * {@code C} the seconds that one costs and {@code M} the mean time between failures, {@code √(2CM)}
 * loses the least. {@code C} is what the last one took, copying and writing together. {@code M}
 * comes from the journal: {@code M = (3600 s + time trained) / (1 + failures)}, so that a run of
 * which nothing is known counts as failing once an hour. The result is held between {@code 25 C},
 * so that checkpoints never take more than 4 % of the time, and ten minutes; in the first minute of
 * an attempt it is at most 2 s, so that little is lost of what somebody has just begun to watch.
 *
 * <ol>
 *   <li>J. W. Young: A first order approximation to the optimum checkpoint interval. CACM 17(9),
 *       1974.
 *   <li>J. T. Daly: A higher order estimate of the optimum checkpoint interval for restart dumps.
 *       FGCS 22(3), 2006, eq. (13).
 * </ol>
 */
final class CheckpointSchedule {

  private static final double NANOS = 1e9;
  private static final double PRIOR_SECONDS = 3600;
  private static final double LONGEST_SECONDS = 600;
  private static final double LEAST_COSTS = 25;
  private static final double BETWEEN_WISHES_SECONDS = 10;
  private static final double FIRST_MINUTE = 60;
  private static final double FIRST_MINUTE_SECONDS = 2;
  private static final Set<AttemptEnd> INTENDED =
      Set.of(AttemptEnd.COMPLETED, AttemptEnd.PAUSED, AttemptEnd.CANCELLED, AttemptEnd.PREEMPTED);

  private final CheckpointCadence cadence;
  private final LongSupplier nanoTime;
  private final double meanSecondsBetweenFailures;
  private final long begun;
  private long takenAt;
  private double costSeconds;
  private boolean wished;
  private double wishedAfterSeconds = Double.NEGATIVE_INFINITY;

  private CheckpointSchedule(
      CheckpointCadence cadence, double meanSecondsBetweenFailures, LongSupplier nanoTime) {
    this.cadence = cadence;
    this.meanSecondsBetweenFailures = meanSecondsBetweenFailures;
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
    this.takenAt = begun;
  }

  /** That of an attempt that begins now, in a run whose journal says {@code state}. */
  static CheckpointSchedule of(CheckpointCadence cadence, RunState state, LongSupplier nanoTime) {
    return new CheckpointSchedule(cadence, meanSecondsBetweenFailures(state), nanoTime);
  }

  static double meanSecondsBetweenFailures(RunState state) {
    long failures =
        state.attempts().stream()
            .map(AttemptState::end)
            .filter(end -> end.filter(ended -> !INTENDED.contains(ended.cause())).isPresent())
            .count();
    // Of one attempt only, the longest: an estimate on the side of too many checkpoints.
    double trained =
        state.recorded().metrics().containsKey(Timings.WALL_SECONDS)
            ? state.recorded().metrics().get(Timings.WALL_SECONDS).max().asDouble()
            : 0;
    return (PRIOR_SECONDS + trained) / (1 + failures);
  }

  /** Whether the state after a step, which is the last of a chunk, is to be saved. */
  boolean due(long step) {
    if (step == 0) {
      return true;
    } else if (cadence instanceof CheckpointCadence.EverySteps every) {
      return step % every.steps() == 0;
    } else if (cadence instanceof CheckpointCadence.EveryTime every) {
      return secondsSince(takenAt) >= every.time().toNanos() / NANOS;
    }
    return secondsSince(takenAt) >= automaticSeconds();
  }

  /**
   * Somebody would like a state that is saved soon. They get the next one, whenever it is due, or
   * one of their own at the end of a chunk: if the one before was begun so long ago that it would
   * not do as well, and ten seconds after the last wish at the earliest, since the metrics of a run
   * change together.
   */
  void wish() {
    double now = secondsSince(begun);
    if (now - wishedAfterSeconds >= BETWEEN_WISHES_SECONDS
        && secondsSince(takenAt) >= LEAST_COSTS * costSeconds) {
      wished = true;
      wishedAfterSeconds = now;
    }
  }

  /** Whether the state after a chunk is to be saved because somebody would like it. */
  boolean wished() {
    return wished;
  }

  /** The time between checkpoints as it is now. */
  double automaticSeconds() {
    double best = Math.sqrt(2 * costSeconds * meanSecondsBetweenFailures);
    double held = Math.min(LONGEST_SECONDS, Math.max(best, LEAST_COSTS * costSeconds));
    return secondsSince(begun) < FIRST_MINUTE ? Math.min(FIRST_MINUTE_SECONDS, held) : held;
  }

  /** Where a chunk that begins at {@code first} has to end at the latest. */
  long boundary(long first) {
    if (first == 0) {
      return 0;
    }
    return cadence instanceof CheckpointCadence.EverySteps every
        ? Math.multiplyExact((first + every.steps() - 1) / every.steps(), every.steps())
        : Long.MAX_VALUE;
  }

  /** Whether training waits for a checkpoint rather than leave one out. */
  boolean exact() {
    return cadence instanceof CheckpointCadence.EverySteps;
  }

  /** A state is being saved, from now on. */
  void begins() {
    wished = false;
    takenAt = nanoTime.getAsLong();
  }

  /**
   * A state was saved.
   *
   * @param copyNanos what copying it took
   */
  void ends(long copyNanos, long writeNanos) {
    costSeconds = (copyNanos + writeNanos) / NANOS;
  }

  private double secondsSince(long nanos) {
    return (nanoTime.getAsLong() - nanos) / NANOS;
  }
}
