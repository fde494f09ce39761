package io.saltus.app.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.saltus.actors.RunListener;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.AnalysisEvent.JumpDetected;
import io.saltus.experiment.event.AnalysisEvent.JumpSuspected;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.jump.Bootstrap;
import io.saltus.experiment.jump.Interval;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.jump.JumpKind;
import io.saltus.experiment.jump.Sharp;
import io.saltus.experiment.metric.MetricName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  void a_jump_that_a_monitor_finds_is_told_and_handed_on() throws IOException {
    Path told = directory.resolve("told");
    List<AnalysisEvent> handedOn = new ArrayList<>();
    List<Hook> hooks =
        List.of(
            Hook.parse("jump=cat > %s; echo $SALTUS_EVENT >> %s".formatted(told, told))
                .orElseThrow(),
            Hook.parse("completed=touch " + directory.resolve("other")).orElseThrow());
    RunListener next =
        new RunListener() {
          @Override
          public void persisted(RunEvent event, long sequence) {}

          @Override
          public void said(AnalysisEvent event) {
            handedOn.add(event);
          }
        };
    MetricName accuracy = MetricName.accuracyOf("validation");
    AnalysisEvent suspected = new JumpSuspected("d", 1, accuracy, 1_571, 1_560, 40, true);
    AnalysisEvent found = new JumpDetected("d", 1, accuracy, 1_571, 2_000, jump(accuracy));
    try (HookCalls calls = new HookCalls(hooks, directory, Duration.ofMinutes(1), warnings::add)) {
      RunListener listener = calls.around(() -> Optional.of(RUN), next);
      listener.said(suspected);
      listener.said(found);
    }

    assertThat(Files.readString(told))
        .isEqualTo(
            "{\"event\":\"jump\",\"run\":\"r1\",\"home\":\"%s\",\"metric\":\"validation.accuracy\",\"kind\":\"%s\",\"step\":1560.4}\njump\n"
                .formatted(directory, JumpKind.UNCLASSIFIED.id()));
    assertThat(handedOn).containsExactly(suspected, found);
    assertThat(directory.resolve("other")).doesNotExist();
    assertThat(warnings).isEmpty();
  }

  private static Jump jump(MetricName metric) {
    return new Jump(
        metric.value(),
        JumpKind.UNCLASSIFIED,
        1_500,
        1_560.4,
        1_620,
        Interval.NONE,
        Interval.NONE,
        Interval.NONE,
        0.03,
        0.99,
        0.96,
        Interval.NONE,
        0.03,
        Interval.NONE,
        Sharp.YES,
        false,
        false,
        false,
        10,
        0.01,
        0.001,
        0.001,
        new Bootstrap(199, 5, 1),
        Double.NaN,
        List.of(),
        "");
  }

  @Test
  void what_is_no_hook_is_not_read() {
    assertThat(List.of("x", "done=true", "failed=", "failed= ", "jump=http://"))
        .allMatch(text -> Hook.parse(text).isEmpty());
    assertThat(Hook.parse("jump=a=b")).contains(new Hook(Hook.Moment.JUMP, "a=b"));
  }
}
