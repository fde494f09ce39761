package io.saltus.persistence.runs;

import io.saltus.persistence.index.RunSummary;
import java.util.List;

/**
 * The runs of a home at a glance.
 *
 * @param runs in the order of their submission, deleted ones left out
 * @param unreadable what is wrong with those that cannot be read, each naming run and event
 */
public record RunSummaries(List<RunSummary> runs, List<RuntimeException> unreadable) {

  /** Copies the lists. */
  public RunSummaries {
    runs = List.copyOf(runs);
    unreadable = List.copyOf(unreadable);
  }
}
