package io.saltus.bench.eyes.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that lie are found out. */
class TrafficTest {

  private static final long LAST = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<Ask> MIX = List.of(Ask.get("/good"), Ask.get("/bad"));

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private UnaryOperator<String> lie = message -> message;

  @AfterEach
  void end() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void readers_that_hang_up_go_on_where_they_were_and_hear_everything_once() throws Exception {
    Heard heard = heard(4);
    assertThat(heard.lost()).isZero();
    assertThat(heard.twice()).isZero();
    assertThat(heard.behind()).isZero();
    assertThat(heard.events()).isEqualTo(2 * LAST);
    assertThat(heard.reopened()).isGreaterThan(5);
  }

  @Test
  void an_event_that_is_left_out_is_missed_by_each_reader() throws Exception {
    lie = message -> message.startsWith("id: 33\n") ? "" : message;
    assertThat(heard(0).lost()).isEqualTo(2);
  }

  @Test
  void an_event_that_is_told_again_is_noticed() throws Exception {
    lie = message -> message.startsWith("id: 33\n") ? message + message : message;
    assertThat(heard(0).twice()).isEqualTo(2);
  }

  @Test
  void a_stream_that_ends_early_leaves_its_reader_behind() throws Exception {
    lie = message -> message.matches("(?s)id: (4[0-9]|50)\n.*") ? "" : message;
    serve();
    try (Traffic traffic = new Traffic(server.getAddress(), 1, MIX)) {
      traffic.read("topic=run:a", 0, false);
      traffic.awaitRead(LAST, Duration.ofMillis(500));
      Heard heard = traffic.heard(happened(), LAST);
      assertThat(heard.behind()).isEqualTo(1);
      assertThat(heard.lost()).isEqualTo(11);
    }
  }

  @Test
  void answers_that_are_wrong_are_counted_and_named() throws Exception {
    serve();
    try (Traffic traffic = new Traffic(server.getAddress(), 3, MIX)) {
      Answers answers = traffic.ask(20, PATIENCE);
      assertThat(answers.good()).isEqualTo(10);
      assertThat(answers.wrong()).isEqualTo(10);
      assertThat(answers.firstWrong()).contains("500 /bad");
      assertThat(answers.bytes()).containsExactly(4L, 0L);
    }
  }

  private Heard heard(int hangsUpAfter) throws Exception {
    serve();
    try (Traffic traffic = new Traffic(server.getAddress(), 1, MIX)) {
      traffic.read("topic=run:a", hangsUpAfter, false);
      traffic.read("topic=run:a", 0, true);
      assertThat(traffic.awaitOpen(PATIENCE)).isTrue();
      traffic.awaitRead(LAST, PATIENCE);
      return traffic.heard(happened(), LAST);
    }
  }

  private static long[] happened() {
    return LongStream.rangeClosed(1, LAST).toArray();
  }

  private void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case "/good" -> {
          exchange.sendResponseHeaders(200, 4);
          exchange.getResponseBody().write(new byte[4]);
        }
        case "/bad" -> exchange.sendResponseHeaders(500, -1);
        default -> stream(exchange);
      }
    }
  }

  private void stream(HttpExchange exchange) throws IOException {
    String after = exchange.getRequestHeaders().getFirst("Last-Event-ID");
    long last = after == null ? 0 : Long.parseLong(after);
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    StringBuilder all = new StringBuilder("id: " + last + "\nevent: hello\ndata: {}\n\n");
    for (long id = last + 1; id <= LAST; id++) {
      all.append(lie.apply("id: " + id + "\nevent: event\ndata: {}\n\n"));
    }
    out.write(all.toString().getBytes(StandardCharsets.US_ASCII));
    out.flush();
    try {
      // As long as the reader stays.
      Thread.sleep(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
