package io.saltus.bench.eyes.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Cuts server-sent events out of bytes. Their data is looked at only by those who want it. */
final class EventCutter {

  /** Who is told of events. */
  @FunctionalInterface
  interface Told {
    /**
     * One event.
     *
     * @param id -1 where it has none
     * @param data empty where it is not kept
     * @return whether more is wanted: if not, what is left of the bytes is dropped
     */
    boolean told(String event, long id, String data);
  }

  private static final int SHORT = 64;
  private static final long NONE = -1;

  private final Told told;
  private final boolean keepsData;
  private byte[] line = new byte[SHORT];
  private int length;
  private String event = "";
  private String data = "";
  private long id = NONE;

  EventCutter(boolean keepsData, Told told) {
    this.keepsData = keepsData;
    this.told = told;
  }

  /** Forgets what is not whole. */
  void reset() {
    length = 0;
    event = "";
    data = "";
    id = NONE;
  }

  void take(byte[] bytes, int from, int until) {
    int begin = from;
    for (int at = from; at < until; at++) {
      if (bytes[at] == '\n') {
        keep(bytes, begin, at);
        if (!lineEnds()) {
          return;
        }
        begin = at + 1;
      }
    }
    keep(bytes, begin, until);
  }

  private void keep(byte[] bytes, int from, int until) {
    int count = until - from;
    if (!keepsData) {
      // The beginning is enough to know what a line is.
      count = Math.min(count, SHORT - length);
    } else if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.max(2 * line.length, length + count));
    }
    System.arraycopy(bytes, from, line, length, count);
    length += count;
  }

  private boolean lineEnds() {
    if (length == 0) {
      boolean more = event.isEmpty() || told.told(event, id, data);
      event = "";
      data = "";
      id = NONE;
      return more;
    }
    if (starts("id: ")) {
      id = Long.parseLong(after(4));
    } else if (starts("event: ")) {
      event = after(7);
    } else if (keepsData && starts("data: ")) {
      data = after(6);
    }
    length = 0;
    return true;
  }

  private boolean starts(String word) {
    if (length < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (line[i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private String after(int from) {
    return new String(line, from, length - from, StandardCharsets.UTF_8).strip();
  }
}
