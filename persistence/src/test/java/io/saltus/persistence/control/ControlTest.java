package io.saltus.persistence.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path directory;
  private final ExecutorService executor = Executors.newCachedThreadPool();

  @AfterEach
  void shutDown() {
    executor.shutdownNow();
  }

  private void serving(
      Home home, Function<ControlRequest, CompletionStage<ControlResponse>> handler, Asking asking)
      throws IOException {
    try (HomeLock lock = home.lockForWriting("test");
        ControlServer server = ControlServer.open(lock, handler, executor)) {
      assertThat(server).isNotNull();
      asking.ask();
    }
  }

  private interface Asking {
    void ask() throws IOException;
  }

  private static CompletionStage<ControlResponse> echo(ControlRequest request) {
    return CompletableFuture.completedFuture(
        ControlResponse.ok("{\"%s\":%s}".formatted(request.name(), request.body())));
  }

  private static Optional<ControlResponse> ask(Home home, String name, String body)
      throws IOException {
    return ControlClient.ask(home, new ControlRequest(name, body), PATIENCE);
  }

  @Test
  void a_request_is_answered_by_the_process_that_holds_the_home() throws IOException {
    Home home = Home.at(directory.resolve("home"));
    serving(
        home,
        ControlTest::echo,
        () -> {
          assertThat(ask(home, "pause", "{\"run\":\"ä\"}"))
              .contains(ControlResponse.ok("{\"pause\":{\"run\":\"ä\"}}"));
          String large = "\"" + "x".repeat(900_000) + "\"";
          assertThat(ask(home, "tag", large).orElseThrow().body()).hasSize(900_000 + 10);
          assertThat(
                  PosixFilePermissions.toString(
                      Files.getPosixFilePermissions(home.control().resolve("socket"))))
              .isEqualTo("rw-------");
        });
    assertThat(ask(home, "pause", "{}")).isEmpty();
    try (var files = Files.list(home.control())) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void nobody_listens_where_there_is_no_home_and_after_a_crash() throws IOException {
    Home home = Home.at(directory.resolve("home"));
    assertThat(ask(home, "pause", "{}")).isEmpty();
    serving(
        home,
        ControlTest::echo,
        () -> Files.copy(home.root().resolve("format"), directory.resolve("kept")));
    Files.createFile(home.control().resolve("socket"));
    assertThat(ask(home, "pause", "{}")).isEmpty();
    serving(home, ControlTest::echo, () -> assertThat(ask(home, "pause", "{}")).isPresent());
  }

  @Test
  void a_long_path_is_served_from_a_private_directory() throws IOException {
    Home home = Home.at(directory.resolve("x".repeat(120)));
    serving(
        home,
        ControlTest::echo,
        () -> {
          Path socket = Path.of(Files.readString(home.control().resolve("address")));
          assertThat(
                  PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
              .isEqualTo("rwx------");
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
              .isEqualTo("rw-------");
          assertThat(ask(home, "pause", "{}")).isPresent();
        });
    try (var files = Files.list(home.control())) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void a_failing_handler_is_an_answer() throws IOException {
    Home home = Home.at(directory.resolve("home"));
    serving(
        home,
        request -> {
          throw new IllegalStateException("no \"such\" run\n");
        },
        () ->
            assertThat(ask(home, "pause", "{}"))
                .contains(ControlResponse.refused("{\"error\":\"no \\\"such\\\" run\\u000a\"}")));
    serving(
        home,
        request -> CompletableFuture.failedFuture(new IllegalStateException("late")),
        () ->
            assertThat(ask(home, "pause", "{}"))
                .contains(ControlResponse.refused("{\"error\":\"late\"}")));
  }

  @Test
  void a_silent_handler_is_not_waited_for_without_end() throws IOException {
    Home home = Home.at(directory.resolve("home"));
    serving(
        home,
        request -> new CompletableFuture<>(),
        () ->
            assertThatThrownBy(
                    () ->
                        ControlClient.ask(
                            home, new ControlRequest("pause", "{}"), Duration.ofMillis(50)))
                .isInstanceOf(InterruptedIOException.class));
  }

  @Test
  void an_answer_that_is_under_way_is_given_before_the_server_closes() throws Exception {
    Home home = Home.at(directory.resolve("home"));
    CountDownLatch asked = new CountDownLatch(1);
    CompletableFuture<ControlResponse> answer = new CompletableFuture<>();
    Future<Optional<ControlResponse>> asking;
    try (HomeLock lock = home.lockForWriting("test");
        ControlServer server =
            ControlServer.open(
                lock,
                request -> {
                  asked.countDown();
                  return answer;
                },
                executor)) {
      asking = executor.submit(() -> ask(home, "pause", "{}"));
      asked.await();
      // As a run that rests ends its process: nothing is left to do but to close.
      Future<?> closing = executor.submit(server::close);
      await().until(() -> !Files.exists(home.control().resolve("socket")) || !isListening(home));
      answer.complete(ControlResponse.ok("{}"));
      closing.get();
    }
    assertThat(asking.get()).contains(ControlResponse.ok("{}"));
  }

  private static boolean isListening(Home home) {
    try (SocketChannel channel = SocketChannel.open(SocketAddressFile.find(home))) {
      return channel.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  @Test
  void rubbish_is_refused_and_the_next_request_is_answered() throws IOException {
    Home home = Home.at(directory.resolve("home"));
    serving(
        home,
        ControlTest::echo,
        () -> {
          try (SocketChannel channel = SocketChannel.open(SocketAddressFile.find(home))) {
            channel.write(StandardCharsets.UTF_8.encode("GET / HTTP/1.1\r\n"));
            LineBuffer line = new LineBuffer();
            assertThat(line.read(channel).orElseThrow()).startsWith("refused {\"error\":");
          }
          assertThat(ask(home, "pause", "{}")).isPresent();
        });
  }

  @Test
  void a_request_says_of_which_version_it_is_and_one_that_does_not_is_of_none() {
    ControlRequest plain = new ControlRequest("pause", "{\"a\":\"b@c d\"}");
    ControlRequest ours = plain.from("1.2.3-SNAPSHOT");
    String line = StandardCharsets.UTF_8.decode(Lines.format(ours)).toString();
    assertThat(line).isEqualTo("pause@1.2.3-SNAPSHOT {\"a\":\"b@c d\"}\n");
    assertThat(Lines.request(line.strip())).isEqualTo(ours);
    assertThat(Lines.request("pause {\"a\":\"b@c d\"}")).isEqualTo(plain);
    assertThatThrownBy(() -> plain.from("1 2")).hasMessageContaining("1 2");
    assertThatThrownBy(() -> Lines.request("pause@ {}")).hasMessageContaining("version");
  }

  @Test
  void names_and_bodies_that_cannot_be_sent_are_refused() {
    assertThatThrownBy(() -> new ControlRequest("Pause", "{}")).hasMessageContaining("Pause");
    assertThatThrownBy(() -> new ControlRequest("pause", "{\n}")).hasMessageContaining("one line");
    assertThatThrownBy(() -> new ControlRequest("pause", "x".repeat(1 << 20)))
        .hasMessageContaining("at most");
  }
}
