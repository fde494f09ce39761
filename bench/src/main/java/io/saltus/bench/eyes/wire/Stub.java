package io.saltus.bench.eyes.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Answers with as many bytes as a server did and does nothing for them: what is left of a load when
 * there is no server to bear it.
 */
public final class Stub implements AutoCloseable {

  private static final long TICK_MILLIS = 100;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> bodies = new HashMap<>();
  private final byte[] message;
  private volatile boolean closing;

  private Stub(HttpServer server, byte[] message) {
    this.server = server;
    this.message = message;
  }

  /**
   * Starts it on a free port.
   *
   * @param bytes of the answers to the questions of the mix, in its order
   * @param streamBytes that a reader of the stream is told in a second
   */
  public static Stub start(List<Ask> mix, List<Long> bytes, long streamBytes) throws IOException {
    String data = "x".repeat((int) Math.max(1, streamBytes * TICK_MILLIS / 1000));
    Stub stub =
        new Stub(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512),
            ("event: stub\ndata: " + data + "\n\n").getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < mix.size(); i++) {
      stub.bodies.put(mix.get(i).path(), new byte[(int) Math.max(1, bytes.get(i))]);
    }
    stub.server.setExecutor(stub.threads);
    stub.server.createContext("/", stub::answer);
    stub.server.start();
    return stub;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestURI().getPath().equals("/api/v1/stream")) {
        stream(exchange);
        return;
      }
      byte[] body = bodies.getOrDefault(exchange.getRequestURI().toString(), new byte[1]);
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(200, -1);
      } else {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.write("id: 1\nevent: hello\ndata: {}\n\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
    try {
      while (!closing) {
        TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
        out.write(message);
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing = true;
    server.stop(0);
    threads.shutdownNow();
  }
}
