package io.saltus.persistence.runs;

import java.util.List;

/**
 * The runs of a home.
 *
 * @param runs in the order of their submission, deleted ones left out
 * @param unreadable what is wrong with those that cannot be read, each naming run and event
 */
public record RunList(List<RunEntry> runs, List<RuntimeException> unreadable) {

  /** Copies the lists. */
  public RunList {
    runs = List.copyOf(runs);
    unreadable = List.copyOf(unreadable);
  }
}
