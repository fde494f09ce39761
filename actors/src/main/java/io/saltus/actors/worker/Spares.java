package io.saltus.actors.worker;

import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.spec.Numerics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers that were started before anybody needs them, at most one of a kind. Nothing happens by
 * itself: {@link #tend} brings what is there in line with what is wanted, and is called again and
 * again while {@link #busy}. One that is not wanted any more is kept for a while, because whom it
 * was meant for may be about to take it. After one that died the next is waited for, longer each
 * time, until one has been taken again.
 *
 * @param <W> a worker
 */
final class Spares<W> implements AutoCloseable {

  static final Duration LINGER = Duration.ofSeconds(10);
  static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(Spares.class);
  private static final int DOUBLINGS = 6;

  private final Care<W> care;
  private final LongSupplier nanoTime;
  private final Map<Kind, Spare<W>> ready = new HashMap<>();
  private final Map<Object, Map<Kind, SessionRequest>> wanted = new HashMap<>();
  private int deaths;
  private long notBefore;
  private boolean closed;

  /**
   * What a spare can be used for: what stands in its command line and what its natives were loaded
   * with cannot be changed afterwards.
   *
   * @param slot the devices that it computes on, such as {@code cpu:0}
   */
  record Kind(String slot, Numerics numerics) {}

  /** How workers are handled. */
  interface Care<W> {

    /**
     * Starts one.
     *
     * @param expected what it will probably be used for
     * @throws SessionException when it cannot be started
     */
    W start(Kind kind, SessionRequest expected);

    /** Whether it runs and says so. */
    boolean alive(W worker);

    /** Ends it at once. */
    void end(W worker);
  }

  /**
   * @param unwanted since when nobody wants it, where {@code forgotten}
   */
  private record Spare<W>(W worker, boolean forgotten, long unwanted) {}

  /** Has none yet. */
  Spares(Care<W> care, LongSupplier nanoTime) {
    this.care = care;
    this.nanoTime = nanoTime;
  }

  /**
   * From now on these are wanted.
   *
   * @param by who wants them; they take the place of what the same one wanted before
   */
  synchronized void want(Object by, Map<Kind, SessionRequest> kinds) {
    wanted.put(by, Map.copyOf(kinds));
  }

  /** Whether there is anything to tend. */
  synchronized boolean busy() {
    return !closed && (!wanted().isEmpty() || !ready.isEmpty());
  }

  /**
   * Hands one over, if there is one that lives.
   *
   * @return it belongs to the caller from now on
   */
  synchronized Optional<W> take(Kind kind) {
    Spare<W> spare = ready.remove(kind);
    if (spare == null) {
      return Optional.empty();
    }
    if (!care.alive(spare.worker())) {
      died(spare);
      return Optional.empty();
    }
    deaths = 0;
    notBefore = nanoTime.getAsLong();
    return Optional.of(spare.worker());
  }

  /**
   * Starts what is missing and ends what is dead or has not been wanted for a while.
   *
   * @param mayStart whether this is a good moment to start some
   */
  synchronized void tend(boolean mayStart) {
    if (closed) {
      return;
    }
    long now = nanoTime.getAsLong();
    Map<Kind, SessionRequest> all = wanted();
    for (Iterator<Map.Entry<Kind, Spare<W>>> each = ready.entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<Kind, Spare<W>> entry = each.next();
      Spare<W> spare = entry.getValue();
      if (!care.alive(spare.worker())) {
        each.remove();
        died(spare);
      } else if (all.containsKey(entry.getKey())) {
        entry.setValue(new Spare<>(spare.worker(), false, 0));
      } else if (!spare.forgotten()) {
        entry.setValue(new Spare<>(spare.worker(), true, now));
      } else if (now - spare.unwanted() > LINGER.toNanos()) {
        each.remove();
        care.end(spare.worker());
      }
    }
    if (mayStart) {
      all.forEach(
          (kind, expected) -> {
            if (!ready.containsKey(kind)) {
              start(kind, expected);
            }
          });
    }
  }

  /** What anybody wants; of one kind, whatever it is wanted for. */
  private Map<Kind, SessionRequest> wanted() {
    Map<Kind, SessionRequest> all = new HashMap<>();
    wanted.values().forEach(all::putAll);
    return all;
  }

  private void start(Kind kind, SessionRequest expected) {
    if (deaths > 0 && nanoTime.getAsLong() - notBefore < 0) {
      return;
    }
    try {
      ready.put(kind, new Spare<>(care.start(kind, expected), false, 0));
    } catch (SessionException e) {
      LOG.warn("a spare worker for {} cannot be started: {}", kind.slot(), e.getMessage());
      waitLonger();
    }
  }

  private void died(Spare<W> spare) {
    care.end(spare.worker());
    waitLonger();
    LOG.warn("a spare worker has died, number {} in a row", deaths);
  }

  private void waitLonger() {
    long wait = FIRST_WAIT.toNanos() << Math.min(deaths, DOUBLINGS);
    notBefore = nanoTime.getAsLong() + Math.min(wait, LONGEST_WAIT.toNanos());
    deaths++;
  }

  /** Ends all of them; starts none from now on. */
  @Override
  public synchronized void close() {
    closed = true;
    List<Spare<W>> left = new ArrayList<>(ready.values());
    ready.clear();
    left.forEach(spare -> care.end(spare.worker()));
  }
}
