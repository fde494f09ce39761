package io.saltus.app.filter;

import io.saltus.app.problem.Nearest;
import io.saltus.app.problem.Refusal;
import java.util.List;
import java.util.Optional;

/** The words for where a run is in its life. */
public final class Statuses {

  private static final List<String> WORDS =
      List.of(
          "queued",
          "running",
          "paused",
          "interrupted",
          "completed",
          "failed",
          "cancelled",
          "imported");

  private Statuses() {}

  /** Refuses a word that is none of them. */
  public static void check(String where, Optional<String> word) {
    if (word.isPresent() && !WORDS.contains(word.get())) {
      throw Refusal.wrong(
          "'" + word.get() + "' is none of " + String.join(", ", WORDS),
          where,
          Nearest.question(word.get(), WORDS));
    }
  }
}
