package io.saltus.persistence.runs;

import io.saltus.persistence.home.Home;
import java.nio.file.Path;
import java.time.Clock;

/** Compacts a home, and prints the name of each deleted run whose events are emptied. */
final class CompactionProcess {

  private CompactionProcess() {}

  public static void main(String[] arguments) {
    JournalCompaction.compact(
        Home.at(Path.of(arguments[0])), "test", Clock.systemUTC(), System.out::println);
  }
}
