package io.saltus.app.cli;

import io.saltus.app.BuildFacts;
import io.saltus.app.Saltus;
import io.saltus.app.control.BesideMessage;
import io.saltus.app.control.ErrorAnswer;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Problem;
import io.saltus.app.problem.Refusal;
import io.saltus.persistence.control.ControlClient;
import io.saltus.persistence.control.ControlRequest;
import io.saltus.persistence.control.ControlResponse;
import io.saltus.persistence.home.Holder;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Has something written: by the process that holds the home when there is one, else by ourselves as
 * the one writer.
 */
final class Writing {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Invocation invocation;
  private final String command;

  /**
   * @param command told to other processes that want the home meanwhile
   */
  Writing(Invocation invocation, String command) {
    this.invocation = invocation;
    this.command = command;
  }

  /**
   * @param request to the process that holds the home
   * @param ourselves the same, when nobody does
   */
  void have(ControlRequest request, Consumer<Saltus> ourselves) {
    if (askHolder(request).isEmpty()) {
      try (Saltus saltus = open()) {
        ourselves.accept(saltus);
      }
    }
  }

  /** Appends events to streams beside runs, in their order. */
  void record(List<? extends BesideMessage<?>> messages) {
    int done = 0;
    while (done < messages.size() && askHolder(messages.get(done).request()).isPresent()) {
      done++;
    }
    if (done < messages.size()) {
      try (Saltus saltus = open()) {
        messages.subList(done, messages.size()).forEach(saltus::record);
      }
    }
  }

  /** The home, opened for writing by this process. */
  Saltus open() {
    return Saltus.open(invocation.home(), invocation.tools(command));
  }

  /** The answer of the process that holds the home; empty when none does. */
  Optional<ControlResponse> askHolder(ControlRequest request) {
    return askHolder(request, PATIENCE);
  }

  /** The same, with more or less patience. */
  Optional<ControlResponse> askHolder(ControlRequest request, Duration patience) {
    try {
      Optional<ControlResponse> answer =
          ControlClient.ask(
              Home.at(invocation.home()), request.from(BuildFacts.read().version()), patience);
      answer.filter(response -> !response.ok()).ifPresent(this::refuse);
      return answer;
    } catch (IOException e) {
      throw new Refusal(
          ExitCode.FAILED,
          new Problem(
              "the process that holds the home did not answer",
              String.valueOf(e.getMessage()),
              "Look with 'saltus show' whether it was done; else try again."),
          e);
    }
  }

  private void refuse(ControlResponse response) {
    String ours = BuildFacts.read().version();
    Optional<Holder> other =
        HomeLock.currentHolder(Home.at(invocation.home()))
            .filter(holder -> !holder.version().equals(Optional.of(ours)));
    if (other.isPresent()) {
      throw Refusal.failed(
          "the home is held by another version of Saltus, and nothing was done",
          "process %d (%s) is %s, this is Saltus %s"
              .formatted(
                  other.get().pid(),
                  other.get().command(),
                  BuildFacts.named(other.get().version()),
                  ours),
          "Ask with the version that holds it, or end that process first: its runs rest, and"
              + " 'saltus resume --all' goes on with them.");
    }
    throw Refusal.failed(
        "the process that holds the home refused",
        ErrorAnswer.text(response),
        "Try again when it has ended.");
  }
}
