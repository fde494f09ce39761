package io.saltus.persistence.control;

import io.saltus.persistence.home.Home;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;

/** Asks the process that holds a home. */
public final class ControlClient {

  private ControlClient() {}

  /**
   * Asks, and waits for the answer.
   *
   * @param home the home whose holder is asked
   * @param request what is asked
   * @param timeout how long to wait
   * @return the answer; empty when nobody listens
   * @throws IOException when the connection breaks; an {@link InterruptedIOException} when the time
   *     is over. What was asked may have been done.
   */
  public static Optional<ControlResponse> ask(Home home, ControlRequest request, Duration timeout)
      throws IOException {
    Optional<SocketChannel> connected = connect(home);
    if (connected.isEmpty()) {
      return Optional.empty();
    }
    try (SocketChannel channel = connected.get()) {
      ByteBuffer line = Lines.format(request);
      while (line.hasRemaining()) {
        channel.write(line);
      }
      return Optional.of(Lines.response(receive(channel, timeout)));
    } catch (IllegalArgumentException e) {
      throw new IOException("the process that holds the home does not speak our language", e);
    }
  }

  private static Optional<SocketChannel> connect(Home home) throws IOException {
    try {
      return Optional.of(SocketChannel.open(SocketAddressFile.find(home)));
    } catch (ConnectException | NoSuchFileException e) {
      return Optional.empty();
    } catch (SocketException e) {
      if (String.valueOf(e.getMessage()).contains("No such file")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static String receive(SocketChannel channel, Duration timeout) throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    LineBuffer line = new LineBuffer();
    try (Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      while (true) {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0 || Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException(
              "the process that holds the home did not answer in " + timeout);
        }
        selector.select(millis);
        selector.selectedKeys().clear();
        Optional<String> whole = line.read(channel);
        if (whole.isPresent()) {
          return whole.get();
        }
      }
    }
  }
}
