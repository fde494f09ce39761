package io.saltus.app.imports;

import io.saltus.app.problem.Refusal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** The lines of a file, one at a time; none may be longer than {@value #LONGEST} bytes. */
final class JsonLines implements AutoCloseable {

  private static final int LONGEST = 64 << 20;
  private static final int BUFFER = 1 << 16;

  private final String file;
  private final InputStream in;
  private byte[] line = new byte[BUFFER];
  private long offset;
  private long number;

  /**
   * @param from the first byte that is read
   * @param before how many lines there are before it
   */
  JsonLines(SourceFile file, long from, long before) throws IOException {
    this.file = file.toString();
    this.in = new BufferedInputStream(file.open(from), BUFFER);
    this.offset = from;
    this.number = before;
  }

  /** The first byte of the line that comes next. */
  long offset() {
    return offset;
  }

  /** How many lines were read, those before the beginning included. */
  long number() {
    return number;
  }

  /**
   * The next line; empty at the end.
   *
   * @throws Refusal when it is no JSON object, or too long
   */
  Optional<JsonLine> next() throws IOException {
    int length = 0;
    int value = in.read();
    while (value >= 0 && value != '\n') {
      if (length == line.length) {
        if (length >= LONGEST) {
          throw Refusal.wrong("a line is too long", file + ":" + (number + 1), "");
        }
        line = Arrays.copyOf(line, Math.min(LONGEST, 2 * length));
      }
      line[length++] = (byte) value;
      value = in.read();
    }
    if (length == 0 && value < 0) {
      return Optional.empty();
    }
    offset += length + (value < 0 ? 0 : 1);
    number++;
    return Optional.of(JsonLine.parse(line, length, file + ":" + number));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
