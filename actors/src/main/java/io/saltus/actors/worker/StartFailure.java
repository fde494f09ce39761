package io.saltus.actors.worker;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.SessionLostException;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** What is said of a worker that never gave an answer: what happened, and what to do about it. */
final class StartFailure {

  private static final int LINES = 3;
  private static final int LONGEST_LINE = 200;
  private static final int NOT_FOUND = 127;
  private static final int NOT_EXECUTABLE = 126;

  // History names no place of this machine: of a path its last name is left.
  private static final Pattern PATH = Pattern.compile("(?<![\\w.])/(?:[^\\s/:'\"]+/)*");
  private static final List<String> NO_MEMORY =
      List.of(
          "Could not reserve enough space",
          "insufficient memory for the Java Runtime Environment",
          "Cannot allocate memory",
          "unable to create native thread",
          "Resource temporarily unavailable");

  private StartFailure() {}

  /** Of a process that the system did not even begin. */
  static SessionException of(IOException failure) {
    String said = withoutPlaces(String.valueOf(failure.getMessage()));
    return isMemory(said)
        ? new SessionLostException(
            AttemptEnd.OUT_OF_MEMORY, "no worker process can be started: " + said + ". " + memory())
        : new SessionException(
            "no worker process can be started: " + said + ". " + remedy(NOT_FOUND), failure);
  }

  /**
   * Of one that ended before it gave an answer.
   *
   * @param end as its status alone says
   * @param status as a shell says it
   * @param errors what it wrote last to standard error
   */
  static WorkerEnd of(WorkerEnd end, int status, String errors) {
    boolean memory = end.cause() == AttemptEnd.EXCEPTION && isMemory(errors);
    AttemptEnd cause = memory ? AttemptEnd.OUT_OF_MEMORY : end.cause();
    StringBuilder message = new StringBuilder("before its first answer ").append(end.message());
    String last = lastLines(errors);
    if (!last.isEmpty()) {
      message.append(" It said last: ").append(last);
    }
    if (cause == AttemptEnd.EXCEPTION || memory) {
      message.append(' ').append(memory ? memory() : remedy(status));
    }
    return new WorkerEnd(cause, message.toString());
  }

  private static String memory() {
    return "Free some memory, run fewer at once, or compute in this process: isolation = thread.";
  }

  private static String remedy(int status) {
    return switch (status) {
      case NOT_FOUND ->
          "Look whether Java is still where it was, and sh and setsid (util-linux) are installed.";
      case NOT_EXECUTABLE -> "Look at the permissions of Java.";
      default ->
          "A worker is started with this process's own options of Java: look at SALTUS_JAVA_OPTS"
              + " and JAVA_TOOL_OPTIONS.";
    };
  }

  private static boolean isMemory(String said) {
    return NO_MEMORY.stream().anyMatch(said::contains);
  }

  private static String lastLines(String errors) {
    List<String> lines = errors.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return String.join(
        " | ",
        lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
            .map(StartFailure::withoutPlaces)
            .map(line -> line.substring(0, Math.min(LONGEST_LINE, line.length())))
            .toList());
  }

  private static String withoutPlaces(String text) {
    return PATH.matcher(text).replaceAll("");
  }
}
