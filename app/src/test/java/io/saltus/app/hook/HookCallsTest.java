package io.saltus.app.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookCallsTest {

  private static final RunId RUN = new RunId("r1");

  @TempDir Path directory;

  private final BlockingQueue<String> warnings = new LinkedBlockingQueue<>();

  private void rest(RunOutcome outcome, Duration patience, String... flags) {
    List<Hook> hooks = List.of(flags).stream().map(flag -> Hook.parse(flag).orElseThrow()).toList();
    try (HookCalls calls = new HookCalls(hooks, directory, patience, warnings::add)) {
      calls.rested(RUN, outcome, 12, "it broke \"here\"");
    }
  }

  @Test
  void a_command_is_told_what_happened() throws IOException {
    Path told = directory.resolve("told");

    rest(
        RunOutcome.FAILED,
        Duration.ofMinutes(1),
        "failed=cat > %s; echo $SALTUS_EVENT $SALTUS_RUN $SALTUS_HOME >> %s".formatted(told, told));

    assertThat(Files.readString(told))
        .isEqualTo(
            "{\"event\":\"failed\",\"run\":\"r1\",\"home\":\"%s\",\"step\":12,\"message\":\"it broke \\\"here\\\"\"}\nfailed r1 %s\n"
                .formatted(directory, directory));
    assertThat(warnings).isEmpty();
  }

  @Test
  void only_the_hooks_of_what_happened_are_called() {
    Path told = directory.resolve("told");

    rest(RunOutcome.COMPLETED, Duration.ofMinutes(1), "failed=touch " + told);
    rest(RunOutcome.PAUSED, Duration.ofMinutes(1), "completed=touch " + told);

    assertThat(told).doesNotExist();
  }

  @Test
  void a_command_that_does_not_read_what_it_is_told_is_fine() {
    rest(RunOutcome.COMPLETED, Duration.ofMinutes(1), "completed=exec <&-; true");

    assertThat(warnings).isEmpty();
  }

  @Test
  void a_command_that_fails_is_said() {
    rest(RunOutcome.COMPLETED, Duration.ofMinutes(1), "completed=exit 3");

    assertThat(warnings)
        .containsExactly("the hook for 'completed' failed: it ended with status 3 (exit 3)");
  }

  @Test
  void a_command_that_hangs_is_ended_and_said() {
    rest(RunOutcome.COMPLETED, Duration.ofSeconds(1), "completed=exec sleep 600");

    assertThat(String.join("\n", warnings))
        .containsAnyOf("took longer than 1 s", "left at the end were not called");
  }

  @Test
  void an_address_gets_the_same_by_post() throws Exception {
    BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/done",
        exchange -> {
          bodies.add(
              exchange.getRequestMethod()
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(bodies.size() == 1 ? 204 : 500, -1);
          exchange.close();
        });
    server.start();
    try {
      String address = "http://127.0.0.1:%d/done".formatted(server.getAddress().getPort());
      rest(RunOutcome.COMPLETED, Duration.ofMinutes(1), "completed=" + address);

      assertThat(bodies)
          .containsExactly(
              "POST {\"event\":\"completed\",\"run\":\"r1\",\"home\":\"%s\",\"step\":12}"
                  .formatted(directory));
      assertThat(warnings).isEmpty();
      rest(RunOutcome.COMPLETED, Duration.ofMinutes(1), "completed=" + address);
      assertThat(warnings)
          .containsExactly(
              "the hook for 'completed' failed: it answered with status 500 (%s)"
                  .formatted(address));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void what_is_no_hook_is_not_read() {
    assertThat(List.of("x", "done=true", "failed=", "failed= ", "jump=http://"))
        .allMatch(text -> Hook.parse(text).isEmpty());
    assertThat(Hook.parse("jump=a=b")).contains(new Hook(Hook.Moment.JUMP, "a=b"));
  }
}
