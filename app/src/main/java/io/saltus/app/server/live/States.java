package io.saltus.app.server.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Things of which only the newest state counts, and that are told so often at most.
 *
 * @param <T> names them
 */
final class States<T> {

  private final long apartNanos;
  private final Set<T> changed = new LinkedHashSet<>();
  private final Map<T, Long> told = new HashMap<>();

  /**
   * @param apartNanos how long at least between two times that one of them is told
   */
  States(long apartNanos) {
    this.apartNanos = apartNanos;
  }

  void changed(T thing) {
    changed.add(thing);
  }

  /** Those that are to be told now, at most so many; they count as told. */
  List<T> due(long now, int most) {
    told.values().removeIf(time -> now - time >= apartNanos);
    List<T> due = new ArrayList<>();
    for (Iterator<T> each = changed.iterator(); each.hasNext() && due.size() < most; ) {
      T thing = each.next();
      if (!told.containsKey(thing)) {
        each.remove();
        told.put(thing, now);
        due.add(thing);
      }
    }
    return due;
  }

  /** In how many nanoseconds the next is due; {@code otherwise} where none is left. */
  long nextIn(long now, long otherwise) {
    long next = otherwise;
    for (T thing : changed) {
      Long time = told.get(thing);
      next = Math.min(next, time == null ? 0 : Math.max(0, apartNanos - (now - time)));
    }
    return next;
  }
}
