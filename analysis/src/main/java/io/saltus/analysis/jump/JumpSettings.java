package io.saltus.analysis.jump;

/**
 * What the user may choose. Nothing else is tuned, neither by metric nor by run.
 *
 * @param seed of all simulations
 * @param replicates of the null distribution, from 99
 * @param moreReplicates to which they are raised at most where p is small, when there are so many
 *     metrics that it takes them
 * @param intervalReplicates of the fits behind each interval, from 99
 */
public record JumpSettings(long seed, int replicates, int moreReplicates, int intervalReplicates) {

  /** Seed 1, 999 and 19,999 replicates, 199 for intervals. */
  public static final JumpSettings DEFAULT = new JumpSettings(1, 999, 19_999, 199);

  /**
   * @throws IllegalArgumentException when a number is out of its range
   */
  public JumpSettings {
    if (replicates < 99 || moreReplicates < replicates || intervalReplicates < 99) {
      throw new IllegalArgumentException(
          "replicates %d, then %d; for intervals %d"
              .formatted(replicates, moreReplicates, intervalReplicates));
    }
  }
}
