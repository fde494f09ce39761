package io.saltus.actors;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.persistence.projection.AttemptState;
import io.saltus.persistence.projection.RunState;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whether a run whose attempt ended badly is tried again, and when: decided here and nowhere else.
 * What was tried before is read from the run's journal, so a supervisor that was killed goes on
 * counting where it was.
 *
 * <p>Runs are deterministic. So the same failure of the computation itself at the same step twice
 * proves that a third try is pointless; what comes from outside proves nothing, however often it
 * comes, and only uses the budget up. A step beyond all that was ever journalled resets the budget,
 * and what ended longer ago than the window does not count any more.
 *
 * @param budget how many attempts in a row may end without a new step in a window, at least 1
 * @param window how long an attempt without a new step counts, more than 0
 * @param first the wait after the first of them; each further wait is twice as long
 * @param longest the longest wait
 * @param ofComputation whether failures of the computation, and an exhausted heap, are tried again
 *     at all
 */
record RestartPolicy(
    int budget, Duration window, Duration first, Duration longest, boolean ofComputation) {

  /** By how much a wait may be longer or shorter, so that what failed together spreads. */
  private static final double JITTER = 0.2;

  /** What is done. */
  sealed interface Verdict {}

  /** The run waits, then takes its place in the queue. */
  record Again(Duration after) implements Verdict {}

  /**
   * The run fails.
   *
   * @param why beside the failure itself; empty where that says all
   */
  record Never(String why) implements Verdict {}

  RestartPolicy {
    if (budget < 1
        || window.isZero()
        || window.isNegative()
        || first.isNegative()
        || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "restarts: a budget of %d in %s, waits from %s to %s"
              .formatted(budget, window, first, longest));
    }
  }

  /** The same, which tries failures of the computation again as well. */
  RestartPolicy unattended() {
    return new RestartPolicy(budget, window, first, longest, true);
  }

  /**
   * On an attempt that has ended.
   *
   * @param state before the end was journalled; its latest attempt is the one
   * @param cause of the end
   */
  Verdict onEnd(RunState state, AttemptEnd cause, AttemptTimes times) {
    List<AttemptState> attempts = state.attempts();
    if (!isTriedAgain(cause)) {
      return new Never("");
    }
    if (isOfComputation(cause) && failedHereBefore(state, cause)) {
      return new Never(
          "twice at the same step, which in a deterministic run proves that a third try is pointless");
    }
    int fruitless = 0;
    for (int k = attempts.size() - 1; k >= 0 && !madeProgress(attempts.get(k)); k--) {
      AttemptState attempt = attempts.get(k);
      fruitless += !gaveWay(attempt) && times.isWithin(window, attempt.attempt()) ? 1 : 0;
    }
    return after(Math.max(1, fruitless), attempts.size(), state);
  }

  /**
   * On a session that could not be opened.
   *
   * @param lost how many were lost in a row, this one included; none of them is in the journal
   */
  Verdict onOpening(RunState state, AttemptEnd cause, int lost) {
    // A session that refuses says what is wrong with the spec or the machine: that stays so.
    return isTriedAgain(cause) && !isOfComputation(cause)
        ? after(lost, lost, state)
        : new Never("");
  }

  private Verdict after(int fruitless, int number, RunState state) {
    if (fruitless > budget) {
      return new Never("%d attempts in a row came to no new step".formatted(fruitless));
    }
    double wait = first.toMillis() * Math.pow(2, fruitless - 1);
    long seed = state.run().hashCode() * 31L + number;
    double jitter = 1 + JITTER * (2 * new SplittableRandom(seed).nextDouble() - 1);
    return new Again(Duration.ofMillis(Math.round(Math.min(wait, longest.toMillis()) * jitter)));
  }

  private boolean isTriedAgain(AttemptEnd cause) {
    return switch (cause) {
      case KILLED, OUT_OF_MEMORY, HUNG, DEVICE_LOST -> true;
      case EXCEPTION, NON_FINITE, NATIVE_ABORT, HEAP_EXHAUSTED -> ofComputation;
      case COMPLETED,
          PAUSED,
          CANCELLED,
          DIVERGED,
          DISK_FULL,
          JOURNAL_FAILED,
          INTERRUPTED,
          PREEMPTED ->
          false;
    };
  }

  private static boolean isOfComputation(AttemptEnd cause) {
    return cause == AttemptEnd.EXCEPTION
        || cause == AttemptEnd.NON_FINITE
        || cause == AttemptEnd.NATIVE_ABORT;
  }

  /** Whether an earlier attempt ended so at the step where this one does. */
  private static boolean failedHereBefore(RunState state, AttemptEnd cause) {
    List<AttemptState> attempts = state.attempts();
    return attempts.subList(0, Math.max(0, attempts.size() - 1)).stream()
        .anyMatch(
            earlier ->
                earlier.end().filter(end -> end.cause() == cause).isPresent()
                    && reached(earlier) == state.step());
  }

  /** Whether it had no time for a new step, and nothing was wrong with it. */
  private static boolean gaveWay(AttemptState attempt) {
    return attempt.end().filter(end -> end.cause() == AttemptEnd.PREEMPTED).isPresent();
  }

  private static boolean madeProgress(AttemptState attempt) {
    return attempt.lastStep() > attempt.recordedBefore();
  }

  private static long reached(AttemptState attempt) {
    return Math.max(attempt.recordedBefore(), attempt.lastStep());
  }
}
