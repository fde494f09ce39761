package io.saltus.bench.storm;

/**
 * How a round ended.
 *
 * @param round its number, from 1
 * @param strike its name
 * @param verdict in a word
 * @param when the strike fell; empty where none did
 * @param what survived, why it was left out, or which promise was broken
 */
public record RoundResult(int round, String strike, Verdict verdict, String when, String what) {

  /** Whether the round held. */
  public enum Verdict {
    /** Every promise did. */
    HELD,
    /** It cannot be played here. */
    SKIPPED,
    /** A promise was broken. */
    FAILED
  }

  /** One line for people. */
  String line() {
    String subject = "%3d %-7s %-19s ".formatted(round, verdict, strike);
    return subject + (when.isEmpty() ? what : when + ": " + what);
  }
}
