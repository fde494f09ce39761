package io.saltus.app;

import io.saltus.app.control.AnnotationMessage;
import io.saltus.app.control.BesideMessage;
import io.saltus.app.control.GcMessage;
import io.saltus.app.control.ImportMessage;
import io.saltus.app.control.InHandMessage;
import io.saltus.app.control.RunMessage;
import io.saltus.app.control.RunOrderMessage;
import io.saltus.app.control.StudyMessage;
import io.saltus.app.control.StudyOrderMessage;
import io.saltus.persistence.control.ControlRequest;
import io.saltus.persistence.control.ControlResponse;
import io.saltus.persistence.control.ControlServer;
import io.saltus.persistence.home.HomeLock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

  static ControlDoor open(HomeLock lock, Saltus saltus) {
    ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "saltus-control-answer");
              thread.setDaemon(true);
              return thread;
            });
    return new ControlDoor(
        ControlServer.open(
            lock,
            request -> CompletableFuture.supplyAsync(() -> answer(request, saltus), threads),
            threads),
        threads);
  }

  private static ControlResponse answer(ControlRequest request, Saltus saltus) {
    // First of all: another version may mean something else by the same words.
    requireOurs(request);
    Guests guests = saltus.guests();
    switch (request.name()) {
      case AnnotationMessage.NAME -> {
        AnnotationMessage message = AnnotationMessage.read(request.body());
        saltus.annotate(message.run(), message.annotation());
      }
      case RunMessage.PAUSE -> {
        RunMessage message = RunMessage.read(request.body());
        saltus.pause(message.run(), message.reason());
      }
      case RunMessage.CANCEL -> {
        RunMessage message = RunMessage.read(request.body());
        saltus.cancel(message.run(), message.reason());
      }
      case RunMessage.DELETE -> saltus.delete(RunMessage.read(request.body()).run());
      case RunMessage.EXTEND -> {
        RunMessage message = RunMessage.read(request.body());
        saltus.extend(message.run(), message.steps());
      }
      case StudyMessage.PAUSE -> {
        StudyMessage message = StudyMessage.read(request.body());
        saltus.studies().pause(message.study(), message.reason());
      }
      case StudyMessage.CANCEL -> {
        StudyMessage message = StudyMessage.read(request.body());
        saltus.studies().cancel(message.study(), message.reason());
      }
      case StudyMessage.DELETE -> saltus.delete(StudyMessage.read(request.body()).study());
      case StudyMessage.EXTEND -> {
        StudyMessage message = StudyMessage.read(request.body());
        saltus.studies().extend(message.study(), message.steps());
      }
      case RunOrderMessage.NAME -> {
        return InHandMessage.answer(guests.begin(RunOrderMessage.read(request.body())));
      }
      case RunMessage.RESUME -> {
        return InHandMessage.answer(guests.resume(RunMessage.read(request.body()).run()));
      }
      case StudyOrderMessage.NAME -> {
        return InHandMessage.answer(guests.conduct(StudyOrderMessage.read(request.body())));
      }
      case InHandMessage.NAME -> {
        return InHandMessage.answer(guests.isInHand(InHandMessage.read(request.body()).name()));
      }
      case ImportMessage.NAME -> {
        return ImportMessage.answer(
            saltus.imports().bring(ImportMessage.read(request.body()).runs()));
      }
      case BesideMessage.NAME -> saltus.record(BesideMessage.read(request.body()));
      case GcMessage.NAME -> {
        return ControlResponse.ok(GcMessage.body(saltus.collectGarbage()));
      }
      default ->
          throw new IllegalArgumentException(
              "it does not know '" + request.name() + "'; it is of another version of Saltus");
    }
    return ControlResponse.ok("{}");
  }

  private static void requireOurs(ControlRequest request) {
    String ours = BuildFacts.read().version();
    if (!request.version().equals(Optional.of(ours))) {
      throw new IllegalArgumentException(
          "it is Saltus %s, and who asks is %s; ask with Saltus %s, or let it end first"
              .formatted(ours, BuildFacts.named(request.version()), ours));
    }
  }

  @Override
  public void close() {
    server.close();
    threads.shutdownNow();
  }
}
