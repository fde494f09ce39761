package io.saltus.app.csv;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.Arrays;

/** What stands between the fields of a file. */
public final class Separator {

  /** How far it is looked for: the least that a stream must be able to go back. */
  public static final int LOOK_AHEAD = 1 << 16;

  /** A byte order mark. */
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private Separator() {}

  /**
   * A tab where the first line that says anything has one, else a semicolon, else a comma. A byte
   * order mark is read; nothing else is.
   */
  public static char find(BufferedInputStream in) throws IOException {
    in.mark(MARK.length);
    if (!Arrays.equals(in.readNBytes(MARK.length), MARK)) {
      in.reset();
    }
    in.mark(LOOK_AHEAD);
    char found = ',';
    boolean quoted = false;
    for (int i = 0; i < LOOK_AHEAD - 1; i++) {
      int next = in.read();
      if (next < 0 || (next == '\n' && !quoted)) {
        break;
      }
      if (next == '"') {
        quoted = !quoted;
      } else if (!quoted && next == '\t') {
        found = '\t';
        break;
      } else if (!quoted && next == ';') {
        found = ';';
      } else if (!quoted && next == ',' && found != ';') {
        break;
      }
    }
    in.reset();
    return found;
  }
}
