package io.saltus.bench.eyes.wire;

import io.saltus.bench.scale.Latencies;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One that reads the stream of a server and keeps which events it was told. Some hang up in the
 * middle of things and go on with the last id that they read.
 */
final class StreamReader extends Connection {

  private static final Pattern TIME = Pattern.compile("\"time\":\"([^\"]+)\"");

  private final InetSocketAddress address;
  private final String topics;
  private final int hangsUpAfter;
  private final Latencies ages;
  private final EventCutter cutter;
  private final Offsets told = new Offsets();
  private long begin = -1;
  private long last = -1;
  private int sinceOpened;
  private int reopened;
  private int lagging;
  private int refused;
  private boolean streaming;
  private boolean done;
  private boolean hangingUp;

  /**
   * @param topics as they stand in an address
   * @param hangsUpAfter so many messages; 0: never
   * @param ages filled with how old events are when they come, where {@code watches}
   */
  StreamReader(
      Selector selector,
      InetSocketAddress address,
      String topics,
      int hangsUpAfter,
      boolean watches,
      Latencies ages) {
    super(selector, address);
    this.address = address;
    this.topics = topics;
    this.hangsUpAfter = hangsUpAfter;
    this.ages = ages;
    this.cutter = new EventCutter(watches, this::told);
  }

  /** Opens the stream, or goes on with it. */
  void open() throws IOException {
    cutter.reset();
    sinceOpened = 0;
    streaming = false;
    send(
        "GET /api/v1/stream?"
            + topics
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + address.getPort()
            + "\r\nAccept: text/event-stream\r\n"
            + (last < 0 ? "" : "Last-Event-ID: " + last + "\r\n")
            + "\r\n",
        false);
  }

  /** Reads no more. */
  void end() throws IOException {
    done = true;
    hangUp();
  }

  /** Where it began; -1 before it did. */
  long begin() {
    return begin;
  }

  /** Up to where it knows everything. */
  long last() {
    return last;
  }

  long[] events() {
    return told.toArray();
  }

  int reopened() {
    return reopened;
  }

  /** How often it was told that it does not keep up. */
  int lagging() {
    return lagging;
  }

  /** How often it was not let in. */
  int refused() {
    return refused;
  }

  private boolean told(String event, long id, String data) {
    switch (event) {
      case "hello" -> {
        if (begin < 0) {
          begin = id;
        } else if (id != last) {
          throw new IllegalStateException("a stream after " + last + " began after " + id);
        }
      }
      case "event" -> {
        told.add(id);
        age(data);
      }
      case "lagging" -> lagging++;
      default -> {}
    }
    if (id >= 0) {
      last = id;
    }
    sinceOpened++;
    hangingUp |= hangsUpAfter > 0 && sinceOpened > hangsUpAfter;
    return !hangingUp;
  }

  private void age(String data) {
    if (data.isEmpty()) {
      return;
    }
    Matcher found = TIME.matcher(data);
    if (found.find()) {
      ages.add(Duration.between(Instant.parse(found.group(1)), Instant.now()).toNanos());
    }
  }

  /** Hangs up where it is to, after bytes were taken; the rest of them was dropped. */
  void goOn() throws IOException {
    if (hangingUp && !done) {
      hangingUp = false;
      hangUp();
      lost();
    }
  }

  @Override
  public void begins(int status) {
    streaming = status == 200;
    refused += streaming ? 0 : 1;
  }

  @Override
  public void body(byte[] bytes, int from, int until) {
    if (streaming) {
      cutter.take(bytes, from, until);
    }
  }

  @Override
  public void ends() {
    // It goes on with a new request: the server ended the stream of one that lags.
    hangingUp = true;
  }

  @Override
  public boolean isDone() {
    return done || hangingUp;
  }

  @Override
  void lost() throws IOException {
    if (!done) {
      reopened++;
      open();
    }
  }
}
