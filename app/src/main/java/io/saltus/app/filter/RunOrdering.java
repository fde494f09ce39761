package io.saltus.app.filter;

import io.saltus.app.report.RunView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * In which order runs are listed. Equal ones stay in the order of submission; those that have
 * nothing for the key come last, whichever way the others go.
 */
public final class RunOrdering {

  private static final String SUBMITTED = "submitted";
  private static final String DESCENDING = "-";

  private final String key;
  private final boolean descending;

  private RunOrdering(String key, boolean descending) {
    this.key = key;
    this.descending = descending;
  }

  /** The ordering of a key of the filter language, or of {@code submitted}; a minus turns it. */
  public static RunOrdering of(String given, RunFilters known) {
    boolean descending = isDescending(given);
    String key = descending ? given.substring(1) : given;
    if (!key.equals(SUBMITTED)) {
      known.check(key, "--sort");
    }
    return new RunOrdering(key, descending);
  }

  /** Whether a sort key is the order of submission, one way or the other. */
  public static boolean isOfSubmission(String given) {
    return given.equals(SUBMITTED) || given.equals(DESCENDING + SUBMITTED);
  }

  /** Whether a sort key turns its order. */
  public static boolean isDescending(String given) {
    return given.startsWith(DESCENDING);
  }

  /** Sorts them. */
  public List<RunView> sort(List<RunView> views) {
    List<RunView> sorted = new ArrayList<>(views);
    if (key.equals(SUBMITTED)) {
      if (descending) {
        Collections.reverse(sorted);
      }
      return sorted;
    }
    Comparator<String> texts = descending ? FieldOrder.reversed() : FieldOrder.natural();
    sorted.sort(Comparator.comparing(view -> RunFields.of(view).get(key), missingLast(texts)));
    return sorted;
  }

  private static Comparator<Optional<String>> missingLast(Comparator<String> texts) {
    return Comparator.comparing((Optional<String> text) -> text.isEmpty())
        .thenComparing(text -> text.orElse(""), texts);
  }
}
