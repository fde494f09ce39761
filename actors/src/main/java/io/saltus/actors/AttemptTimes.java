package io.saltus.actors;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * When attempts of a run ended.
 *
 * @param ends of those since the last new step, by their numbers, as the journal has them
 * @param now when the latest one ends
 */
record AttemptTimes(SortedMap<Integer, Instant> ends, Instant now) {

  AttemptTimes {
    ends = Collections.unmodifiableSortedMap(new TreeMap<>(ends));
  }

  /** Whether an attempt ended so short a time ago; one that is not known to have ended did. */
  boolean isWithin(Duration window, int attempt) {
    Instant end = ends.get(attempt);
    return end == null || end.plus(window).isAfter(now);
  }
}
