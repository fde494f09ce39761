package io.saltus.app;

import io.saltus.actors.Supervision;
import io.saltus.app.control.AnnotationMessage;
import io.saltus.persistence.control.ControlRequest;
import io.saltus.persistence.control.ControlResponse;
import io.saltus.persistence.control.ControlServer;
import io.saltus.persistence.home.HomeLock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Where other processes ask this one to write what only it may write. */
final class ControlDoor implements AutoCloseable {

  private final ControlServer server;
  private final ExecutorService threads;

  private ControlDoor(ControlServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  static ControlDoor open(HomeLock lock, Supervision supervision) {
    ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "saltus-control-answer");
              thread.setDaemon(true);
              return thread;
            });
    return new ControlDoor(
        ControlServer.open(lock, request -> answer(request, supervision), threads), threads);
  }

  private static CompletionStage<ControlResponse> answer(
      ControlRequest request, Supervision supervision) {
    if (!request.name().equals(AnnotationMessage.NAME)) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException(
              "the process that holds the home cannot do '" + request.name() + "'"));
    }
    AnnotationMessage message = AnnotationMessage.read(request.body());
    return supervision
        .annotate(message.run(), message.annotation())
        .thenApply(done -> ControlResponse.ok("{}"));
  }

  @Override
  public void close() {
    server.close();
    threads.shutdownNow();
  }
}
