package io.saltus.persistence.projection;

import io.saltus.experiment.RunId;
import io.saltus.persistence.projection.SupervisorState.Standing;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How runs stand, in the order in which they were enqueued; one that stands otherwise keeps its
 * place. Immutable. Another one is made in logarithmic time, because a supervisor makes one for
 * every event, however many runs wait.
 */
final class Queue extends AbstractMap<RunId, Standing> {

  private static final Queue EMPTY = new Queue(PersistentMap.empty(), PersistentMap.empty(), 0);

  private record Place(long number, Standing standing) {}

  private final PersistentMap<RunId, Place> places;
  private final PersistentMap<Long, RunId> order;
  private final long next;

  private Queue(PersistentMap<RunId, Place> places, PersistentMap<Long, RunId> order, long next) {
    this.places = places;
    this.order = order;
    this.next = next;
  }

  /** The map itself where it is a queue. */
  static Queue copyOf(Map<RunId, Standing> map) {
    if (map instanceof Queue already) {
      return already;
    }
    Queue copy = EMPTY;
    for (Map.Entry<RunId, Standing> entry : map.entrySet()) {
      copy = copy.with(entry.getKey(), entry.getValue());
    }
    return copy;
  }

  /** With a run that stands so, at its place where it has one, else at the end. */
  Queue with(RunId run, Standing standing) {
    Place place = places.get(run);
    return place == null
        ? new Queue(places.with(run, new Place(next, standing)), order.with(next, run), next + 1)
        : new Queue(places.with(run, new Place(place.number(), standing)), order, next);
  }

  /** Without a run, which need not be there. */
  Queue without(RunId run) {
    Place place = places.get(run);
    return place == null
        ? this
        : new Queue(places.without(run), order.without(place.number()), next);
  }

  @Override
  public int size() {
    return places.size();
  }

  @Override
  public boolean containsKey(Object run) {
    return places.containsKey(run);
  }

  @Override
  public @Nullable Standing get(Object run) {
    Place place = places.get(run);
    return place == null ? null : place.standing();
  }

  @Override
  public Set<Map.Entry<RunId, Standing>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<RunId, Standing>> iterator() {
        Iterator<RunId> runs = order.values().iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return runs.hasNext();
          }

          @Override
          public Map.Entry<RunId, Standing> next() {
            RunId run = runs.next();
            return Map.entry(run, Objects.requireNonNull(places.get(run)).standing());
          }
        };
      }

      @Override
      public int size() {
        return Queue.this.size();
      }
    };
  }
}
