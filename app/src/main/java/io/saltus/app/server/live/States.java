package io.saltus.app.server.live;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Things of which only the newest state counts, and that are told so often at most; where they are
 * many, all together so often at most.
 *
 * @param <T> names them
 */
final class States<T> {

  private final long apartNanos;
  private final long eachNanos;
  private final Set<T> changed = new LinkedHashSet<>();
  private final Map<T, Long> told = new HashMap<>();

  /**
   * @param apartNanos how long at least between two times that one of them is told
   * @param eachNanos how much of all time telling one may take: the more are told, the further
   *     apart
   */
  States(long apartNanos, long eachNanos) {
    this.apartNanos = apartNanos;
    this.eachNanos = eachNanos;
  }

  void changed(T thing) {
    changed.add(thing);
  }

  /** Tells those that are to be told now, as long as there is room; they count as told. */
  void tell(long now, BooleanSupplier room, Consumer<T> telling) {
    long apart = apart();
    told.values().removeIf(time -> now - time >= apart);
    for (Iterator<T> each = changed.iterator(); each.hasNext() && room.getAsBoolean(); ) {
      T thing = each.next();
      if (!told.containsKey(thing)) {
        each.remove();
        told.put(thing, now);
        telling.accept(thing);
      }
    }
  }

  private long apart() {
    return Math.max(apartNanos, told.size() * eachNanos);
  }

  /** In how many nanoseconds the next is due; {@code otherwise} where none is left. */
  long nextIn(long now, long otherwise) {
    long next = otherwise;
    long apart = apart();
    for (T thing : changed) {
      Long time = told.get(thing);
      next = Math.min(next, time == null ? 0 : Math.max(0, apart - (now - time)));
    }
    return next;
  }
}
