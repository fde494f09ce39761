package io.saltus.app.server.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The lines of some events. Events are of any size, frames of imported runs of 131,072 values: so a
 * page ends early where its lines become long, but holds one event at least.
 */
final class EventPage {

  /** About as many bytes, in the heap and on the wire before it is compressed. */
  static final long MOST_CHARACTERS = 8L << 20;

  /** Streams are read forwards: whoever begins with the newest reads so many at a time. */
  private static final int SLICE = 8;

  private final long from;
  private final long until;
  private final boolean newestFirst;
  private final List<String> lines = new ArrayList<>();
  private long length;
  private OptionalLong next = OptionalLong.empty();

  /** Events of a stream between two numbers. */
  @FunctionalInterface
  interface Events<E> {

    /** In the order of their numbers, both ends included. */
    Iterator<E> between(long from, long until);
  }

  /**
   * @param until the last number, included; before {@code from} where there is none
   */
  EventPage(long from, long until, boolean newestFirst) {
    this.from = from;
    this.until = until;
    this.newestFirst = newestFirst;
  }

  /** Reads it. */
  <E> void fill(Events<E> events, ToLongFunction<E> sequence, Function<E, String> line) {
    if (!newestFirst) {
      add(events.between(from, until), sequence, line);
      return;
    }
    for (long end = until; end >= from && next.isEmpty(); end -= SLICE) {
      List<E> slice = new ArrayList<>();
      events.between(Math.max(from, end - SLICE + 1), end).forEachRemaining(slice::add);
      Collections.reverse(slice);
      add(slice.iterator(), sequence, line);
    }
  }

  private <E> void add(Iterator<E> events, ToLongFunction<E> sequence, Function<E, String> line) {
    while (events.hasNext()) {
      E event = events.next();
      if (length >= MOST_CHARACTERS) {
        next = OptionalLong.of(sequence.applyAsLong(event));
        return;
      }
      String text = line.apply(event);
      length += text.length();
      lines.add(text);
    }
  }

  /** In the order asked for. */
  List<String> lines() {
    return lines;
  }

  /** The first event that had no room; empty where all had. */
  OptionalLong next() {
    return next;
  }
}
