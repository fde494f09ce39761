package io.saltus.experiment.session;

/**
 * Consecutive steps asked of a session.
 *
 * @param first the first step, at least 0; step 0 has no update, only evaluations
 * @param last the last step, included
 * @param end the last step of the run as it is known now: all sets are evaluated there
 * @param until progress of the rules that may end the run before, as of {@code first}
 */
public record Chunk(long first, long last, long end, UntilProgress until) {

  /**
   * @throws IllegalArgumentException unless 0 ≤ first ≤ last ≤ end
   */
  public Chunk {
    if (first < 0 || last < first || end < last) {
      throw new IllegalArgumentException(
          "a chunk cannot go from " + first + " to " + last + " of " + end);
    }
  }
}
