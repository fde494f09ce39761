package io.saltus.tf.device;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program and takes what it prints. */
@FunctionalInterface
public interface CommandOutput {

  /** The lines; none where the program is not there, fails, or takes more than a few seconds. */
  List<String> lines(List<String> command);

  /** Runs programs of this machine. */
  static CommandOutput ofSystem() {
    return CommandOutput::run;
  }

  private static List<String> run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      // A driver that hangs must not hang whoever only wants to know what devices there are.
      Thread guard = new Thread(() -> endInTime(process), "saltus-command");
      guard.setDaemon(true);
      guard.start();
      try (InputStream out = process.getInputStream()) {
        String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? text.lines().toList() : List.of();
      }
    } catch (IOException notThere) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static void endInTime(Process process) {
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
