package io.saltus.app.server.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The lines of some events of a stream. Events are of any size, frames of imported runs of 131,072
 * values: so a page ends early where its lines become long, but holds one event at least. It ends
 * early, too, where many events were looked at of which few were wanted.
 */
final class EventPage {

  /** About as many bytes, in the heap and on the wire before it is compressed. */
  static final long MOST_CHARACTERS = 8L << 20;

  private static final int MOST_LOOKED_AT = 5_000;

  /** Streams are read forwards: whoever begins with the newest reads so many at a time. */
  private static final int SLICE = 8;

  private final long from;
  private final long until;
  private final boolean newestFirst;
  private final List<String> lines = new ArrayList<>();
  private final int most;
  private long length;
  private int lookedAt;
  private OptionalLong next = OptionalLong.empty();

  /** Events of a stream between two numbers. */
  @FunctionalInterface
  interface Events<E> {

    /** In the order of their numbers, both ends included. */
    Iterator<E> between(long from, long until);
  }

  /**
   * @param until the last number, included; before {@code from} where there is none
   * @param most how many lines
   */
  EventPage(long from, long until, boolean newestFirst, int most) {
    this.from = from;
    this.until = until;
    this.newestFirst = newestFirst;
    this.most = most;
  }

  /**
   * Reads it.
   *
   * @param wanted which events have a line
   */
  <E> void fill(
      Events<E> events, ToLongFunction<E> sequence, Predicate<E> wanted, Function<E, String> line) {
    if (!newestFirst) {
      add(events.between(from, until), sequence, wanted, line);
      return;
    }
    for (long end = until; end >= from && next.isEmpty(); end -= SLICE) {
      List<E> slice = new ArrayList<>();
      events.between(Math.max(from, end - SLICE + 1), end).forEachRemaining(slice::add);
      Collections.reverse(slice);
      add(slice.iterator(), sequence, wanted, line);
    }
  }

  private <E> void add(
      Iterator<E> events,
      ToLongFunction<E> sequence,
      Predicate<E> wanted,
      Function<E, String> line) {
    while (events.hasNext()) {
      E event = events.next();
      if (length >= MOST_CHARACTERS || lines.size() == most || lookedAt == MOST_LOOKED_AT) {
        next = OptionalLong.of(sequence.applyAsLong(event));
        return;
      }
      lookedAt++;
      if (wanted.test(event)) {
        String text = line.apply(event);
        length += text.length();
        lines.add(text);
      }
    }
  }

  /** In the order asked for. */
  List<String> lines() {
    return lines;
  }

  /** The first event that was not looked at; empty where all were. */
  OptionalLong next() {
    return next;
  }
}
