package io.saltus.persistence.control;

import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.home.HomeLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Answers the requests of other processes, one per connection, in the process that holds a home.
 */
public final class ControlServer implements AutoCloseable {

  private static final int AT_ONCE = 16;
  private static final long LONGEST_FAREWELL_SECONDS = 2;

  private final HomeLock lock;
  private final ServerSocketChannel server;
  private final Function<ControlRequest, CompletionStage<ControlResponse>> handler;
  private final Executor executor;
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final Semaphore answers = new Semaphore(AT_ONCE);
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final Thread accepting;

  private ControlServer(
      HomeLock lock,
      ServerSocketChannel server,
      Function<ControlRequest, CompletionStage<ControlResponse>> handler,
      Executor executor) {
    this.lock = lock;
    this.server = server;
    this.handler = handler;
    this.executor = executor;
    accepting = new Thread(this::accept, "saltus-control");
    accepting.setDaemon(true);
  }

  /**
   * Opens the socket.
   *
   * @param lock proves that this process holds the home
   * @param handler does what is asked; when it fails, the asking side gets the message
   * @param executor runs one blocking task per connection, at most sixteen
   * @return the server, listening until it is closed
   * @throws HomeException when the socket cannot be made
   */
  public static ControlServer open(
      HomeLock lock,
      Function<ControlRequest, CompletionStage<ControlResponse>> handler,
      Executor executor) {
    try {
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        UnixDomainSocketAddress address = SocketAddressFile.prepare(lock.home());
        server.bind(address);
        // The directory keeps others out already; this is for whoever looks at the socket itself.
        Files.setPosixFilePermissions(
            address.getPath(), PosixFilePermissions.fromString("rw-------"));
      } catch (IOException e) {
        server.close();
        throw e;
      }
      ControlServer opened = new ControlServer(lock, server, handler, executor);
      opened.accepting.start();
      return opened;
    } catch (IOException e) {
      throw new HomeException(
          HomeException.Reason.FAILED,
          "cannot open the control socket: %s (%s). Check the directory's owner and permissions."
              .formatted(lock.home().control(), e.getMessage()),
          e);
    }
  }

  private void accept() {
    try {
      while (true) {
        room.acquire();
        SocketChannel connection = server.accept();
        open.add(connection);
        try {
          executor.execute(() -> answer(connection));
        } catch (RejectedExecutionException e) {
          done(connection);
        }
      }
    } catch (IOException | InterruptedException e) {
      // The server was closed.
      return;
    }
  }

  private void answer(SocketChannel connection) {
    try {
      LineBuffer line = new LineBuffer();
      Optional<String> request = line.read(connection);
      while (request.isEmpty()) {
        request = line.read(connection);
      }
      answers.acquire();
      try {
        ByteBuffer response = Lines.format(respond(request.get()));
        while (response.hasRemaining()) {
          connection.write(response);
        }
      } finally {
        answers.release();
      }
    } catch (InterruptedException e) {
      // Who runs the tasks wants no more of them.
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The asking side has gone, or sent no end: there is nobody to tell.
      return;
    } finally {
      done(connection);
    }
  }

  private ControlResponse respond(String line) {
    try {
      return handler.apply(Lines.request(line)).toCompletableFuture().join();
    } catch (CompletionException e) {
      return failed(e.getCause() == null ? e : e.getCause());
    } catch (RuntimeException e) {
      return failed(e);
    }
  }

  private static ControlResponse failed(Throwable e) {
    return ControlResponse.refused("{\"error\":" + quoted(String.valueOf(e.getMessage())) + "}");
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.codePoints()
        .limit(1000)
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                json.append('\\').appendCodePoint(c);
              } else if (c < ' ') {
                json.append("\\u%04x".formatted(c));
              } else {
                json.appendCodePoint(c);
              }
            });
    return json.append('"').toString();
  }

  private void done(SocketChannel connection) {
    open.remove(connection);
    room.release();
    try {
      connection.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a control connection", e);
    }
  }

  /**
   * Stops listening, and gives the answers that are under way a moment: often this process ends
   * because of what it was asked. Requests that take longer lose their connection.
   */
  @Override
  public void close() {
    try {
      server.close();
      accepting.interrupt();
      bidFarewell();
      for (SocketChannel each : open) {
        each.close();
      }
      SocketAddressFile.remove(lock.home());
    } catch (IOException e) {
      throw new HomeException(
          HomeException.Reason.FAILED,
          "cannot remove the control socket: %s (%s). The next process does."
              .formatted(lock.home().control(), e.getMessage()),
          e);
    }
  }

  private void bidFarewell() {
    try {
      if (answers.tryAcquire(AT_ONCE, LONGEST_FAREWELL_SECONDS, TimeUnit.SECONDS)) {
        answers.release(AT_ONCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
