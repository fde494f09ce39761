package io.saltus.bench.storm.child;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Lines from a child to its parent. Each is one write and ends with a mark, so that a line of a
 * killed process is there as a whole or known to be cut.
 */
public final class Line {

  private static final String END = " ;";

  private Line() {}

  /** What the child has come to. */
  public enum Phase {
    /** Signals are heard from now on. */
    LISTENING,
    /** The home is open and what was there is recovered. */
    OPEN,
    /** The run is under way. */
    UNDER_WAY,
    /** This version cannot resume. */
    CANNOT_RESUME,
    /** The run has come to rest. */
    AT_REST
  }

  static synchronized void print(String text) {
    try {
      // Not System.out, which may hold a line back, nor closed, which would close the descriptor.
      new FileOutputStream(FileDescriptor.out)
          .write((text + END + '\n').getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void print(Phase phase) {
    print(phase.name());
  }

  /** The text of a whole line. */
  public static Optional<String> text(String line) {
    return line.endsWith(END)
        ? Optional.of(line.substring(0, line.length() - END.length()))
        : Optional.empty();
  }

  /** The fact that a text states, if it states one. */
  public static Optional<Fact> fact(String text) {
    return Fact.parse(text);
  }
}
