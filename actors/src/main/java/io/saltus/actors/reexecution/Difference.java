package io.saltus.actors.reexecution;

/**
 * The first place at which a re-execution gave something else than the journal holds.
 *
 * @param step at which
 * @param subject the metric; or {@code tensor NAME}, or {@code state} where no file tells which
 *     tensor differs
 * @param recorded the value as shortest decimal, or a digest; {@code none} where nothing is
 *     recorded
 * @param recomputed likewise
 */
public record Difference(long step, String subject, String recorded, String recomputed) {

  /** In place of a value that is not there. */
  static final String NONE = "none";
}
