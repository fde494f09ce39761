package io.saltus.app.cli;

import io.saltus.app.BuildFacts;

/** The entry point of the process. */
public final class SaltusMain {

  private SaltusMain() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
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
}
