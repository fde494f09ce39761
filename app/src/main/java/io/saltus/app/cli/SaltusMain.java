package io.saltus.app.cli;

import io.saltus.app.BuildFacts;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.signal.Signals;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The entry point of the process. */
public final class SaltusMain {

  /** What runs something in the foreground, so that a signal means a pause. */
  private static final List<String> RUNNING = List.of("run", "study", "resume", "fork", "extend");

  private SaltusMain() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    if (Arrays.stream(args).anyMatch(RUNNING::contains)) {
      // Before anything else is loaded. Once it has something to lose, the run takes signals over.
      Signals.hear(SaltusMain::end);
    }
    Surroundings surroundings = ProcessSurroundings.create();
    if (args.length == 1 && args[0].equals("--version")) {
      // Scripts ask for it often: without the parser it takes half the time.
      surroundings.out().print(BuildFacts.read().line() + '\n');
      surroundings.out().flush();
      return;
    }
    // Not exit: what is durable is durable, and no library's shutdown hook may delay or change it.
    surroundings.halt().accept(new Cli(surroundings).run(args));
  }

  private static void end(String signal) {
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.US_ASCII);
    err.print("saltus: ended by SIG" + signal + "\n");
    err.flush();
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
  }
}
