package io.saltus.app.hook;

import io.saltus.actors.RunListener;
import io.saltus.app.ForwardingListener;
import io.saltus.app.json.Json;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Calls hooks, one after the other, on a thread of its own. What is told stands in one JSON object:
 * on the standard input of a command, which also finds {@code SALTUS_EVENT}, {@code SALTUS_RUN} and
 * {@code SALTUS_HOME} in its environment, or in the body of a POST. A hook that fails or takes too
 * long is said and changes nothing.
 */
public final class HookCalls implements AutoCloseable {

  private static final int WAITING = 256;

  private final List<Hook> hooks;
  private final Path home;
  private final Duration patience;
  private final Consumer<String> warn;
  private final ThreadPoolExecutor thread;

  /**
   * @param home told to commands
   * @param patience how long a call may take, and how long the end waits for those that are left
   * @param warn says what went wrong
   */
  public HookCalls(List<Hook> hooks, Path home, Duration patience, Consumer<String> warn) {
    this.hooks = List.copyOf(hooks);
    this.home = home;
    this.patience = patience;
    this.warn = warn;
    this.thread =
        new ThreadPoolExecutor(
            0,
            1,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> {
              Thread made = new Thread(task, "saltus-hooks");
              made.setDaemon(true);
              return made;
            },
            (task, full) -> warn.accept("a hook was left out: " + WAITING + " calls wait already"));
  }

  /**
   * Hears of jumps, and hands everything on.
   *
   * @param run asked for at each jump: long after the run was begun, and named
   */
  public RunListener around(Supplier<Optional<RunId>> run, RunListener next) {
    if (hooks.stream().noneMatch(hook -> hook.moment() == Hook.Moment.JUMP)) {
      return next;
    }
    return new ForwardingListener(next) {
      @Override
      public void said(AnalysisEvent event) {
        if (event instanceof AnalysisEvent.JumpDetected detected) {
          run.get().ifPresent(known -> jumped(known, detected));
        }
        super.said(event);
      }
    };
  }

  private void jumped(RunId run, AnalysisEvent.JumpDetected detected) {
    call(
        Hook.Moment.JUMP,
        run,
        json ->
            json.put("metric", detected.metric().value())
                .put("kind", detected.jump().kind().id())
                .put("step", detected.jump().midpoint()));
  }

  /** A run came to rest. */
  public void rested(RunId run, RunOutcome outcome, long step, String message) {
    if (outcome == RunOutcome.COMPLETED) {
      call(Hook.Moment.COMPLETED, run, json -> json.put("step", step));
    } else if (outcome == RunOutcome.FAILED) {
      call(Hook.Moment.FAILED, run, json -> json.put("step", step).put("message", message));
    }
  }

  private void call(Hook.Moment moment, RunId run, Consumer<Json> more) {
    String told =
        Json.line(
            json -> {
              json.put("event", moment.text()).put("run", run.value()).put("home", home.toString());
              more.accept(json);
            });
    hooks.stream()
        .filter(hook -> hook.moment() == moment)
        .forEach(hook -> thread.execute(() -> call(hook, run, told)));
  }

  private void call(Hook hook, RunId run, String told) {
    try {
      if (hook.isAddress()) {
        post(hook, told);
      } else {
        execute(hook, run, told);
      }
    } catch (IOException e) {
      warn.accept(
          "the hook for '%s' failed: %s (%s)"
              .formatted(hook.moment().text(), e.getMessage(), hook.target()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void post(Hook hook, String told) throws IOException, InterruptedException {
    HttpResponse<Void> answer =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .build()
            .send(
                HttpRequest.newBuilder(URI.create(hook.target()))
                    .timeout(patience)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(told))
                    .build(),
                HttpResponse.BodyHandlers.discarding());
    if (answer.statusCode() >= 300) {
      throw new HookFailed("it answered with status " + answer.statusCode());
    }
  }

  private void execute(Hook hook, RunId run, String told) throws IOException, InterruptedException {
    // What it prints is not our result.
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", hook.target())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("SALTUS_EVENT", hook.moment().text());
    builder.environment().put("SALTUS_RUN", run.value());
    builder.environment().put("SALTUS_HOME", home.toString());
    Process process = builder.start();
    try (OutputStream in = process.getOutputStream()) {
      in.write((told + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException closed) {
      // It need not read what it is told.
    }
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new HookFailed("it took longer than " + patience.toSeconds() + " s and was ended");
    }
    if (process.exitValue() != 0) {
      throw new HookFailed("it ended with status " + process.exitValue());
    }
  }

  /** Waits a while for the calls that are left. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
        warn.accept("hooks that were left at the end were not called");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      thread.shutdownNow();
    }
  }

  /** What a hook did wrong, in words. */
  private static final class HookFailed extends IOException {
    private static final long serialVersionUID = 1L;

    HookFailed(String message) {
      super(message);
    }
  }
}
