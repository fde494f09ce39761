package io.saltus.bench.eyes.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/** One that asks a question after the other. */
final class Asker extends Connection {

  private static final int LOST = 0;

  private final InetSocketAddress address;
  private final Consumer<Asker> answered;
  private int place;
  private long due;
  private int status;
  private long bytes;
  private boolean waiting;

  Asker(Selector selector, InetSocketAddress address, Consumer<Asker> answered) {
    super(selector, address);
    this.address = address;
    this.answered = answered;
  }

  /**
   * Asks.
   *
   * @param at the place of the question in the mix
   * @param since when it was due, of {@link System#nanoTime}
   */
  void ask(Ask ask, int at, long since) throws IOException {
    place = at;
    due = since;
    bytes = 0;
    waiting = true;
    send(ask.text(address), ask.isHead());
  }

  int place() {
    return place;
  }

  long due() {
    return due;
  }

  /** 0: the connection ended before the answer did. */
  int status() {
    return status;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public void begins(int begun) {
    status = begun;
  }

  @Override
  public void body(byte[] piece, int from, int until) {
    bytes += until - from;
  }

  @Override
  public void ends() {
    waiting = false;
    answered.accept(this);
  }

  @Override
  public boolean isDone() {
    return false;
  }

  @Override
  void lost() {
    // A connection that nobody used for a while may end; the next question opens another.
    if (waiting) {
      waiting = false;
      status = LOST;
      answered.accept(this);
    }
  }
}
