package io.saltus.bench.eyes.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Takes answers of HTTP/1.1 apart as their bytes come, whatever pieces they come in. */
final class AnswerParser {

  /** Who hears of the parts. */
  interface Sink {

    /** An answer begins. */
    void begins(int status);

    /** A piece of its body. */
    void body(byte[] bytes, int from, int until);

    /** It is whole. */
    void ends();

    /** Whether nothing more is wanted: what is left of the bytes is dropped. */
    boolean isDone();
  }

  private enum State {
    HEAD,
    LENGTH,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER,
    UNTIL_CLOSED
  }

  private final Sink sink;
  private byte[] line = new byte[512];
  private int lineLength;
  private State state = State.HEAD;
  private boolean bodiless;
  private int status;
  private long left;
  private boolean chunked;

  AnswerParser(Sink sink) {
    this.sink = sink;
  }

  /**
   * Begins anew, with the next answer.
   *
   * @param head whether it has no body, whatever its headers say
   */
  void expect(boolean head) {
    state = State.HEAD;
    bodiless = head;
    status = 0;
    left = -1;
    chunked = false;
    lineLength = 0;
  }

  /**
   * Takes some bytes.
   *
   * @throws IllegalStateException when they are no HTTP
   */
  void take(byte[] bytes, int count) {
    int at = 0;
    while (at < count && !sink.isDone()) {
      switch (state) {
        case LENGTH, CHUNK, UNTIL_CLOSED -> {
          int piece = state == State.UNTIL_CLOSED ? count - at : (int) Math.min(left, count - at);
          sink.body(bytes, at, at + piece);
          at += piece;
          left -= piece;
          if (left == 0) {
            bodyEnds();
          }
        }
        default -> {
          byte each = bytes[at++];
          if (each == '\n') {
            String text = new String(line, 0, lineLength, StandardCharsets.ISO_8859_1).strip();
            lineLength = 0;
            line(text);
          } else {
            if (lineLength == line.length) {
              line = Arrays.copyOf(line, 2 * line.length);
            }
            line[lineLength++] = each;
          }
        }
      }
    }
  }

  private void bodyEnds() {
    if (state == State.CHUNK) {
      state = State.CHUNK_END;
    } else {
      end();
    }
  }

  private void end() {
    expect(false);
    sink.ends();
  }

  private void line(String text) {
    switch (state) {
      case HEAD -> head(text);
      case CHUNK_SIZE -> {
        left = Long.parseLong(text.replaceFirst(";.*", "").strip(), 16);
        state = left == 0 ? State.TRAILER : State.CHUNK;
      }
      case CHUNK_END -> state = State.CHUNK_SIZE;
      case TRAILER -> {
        if (text.isEmpty()) {
          end();
        }
      }
      default -> throw new IllegalStateException("a line in " + state);
    }
  }

  private void head(String text) {
    if (status == 0) {
      if (!text.matches("HTTP/1\\.[01] [0-9]{3}.*")) {
        throw new IllegalStateException("this is no answer: " + text);
      }
      status = Integer.parseInt(text.substring(9, 12));
      return;
    }
    if (!text.isEmpty()) {
      String header = text.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        left = Long.parseLong(header.substring(header.indexOf(':') + 1).strip());
      } else if (header.startsWith("transfer-encoding:") && header.contains("chunked")) {
        chunked = true;
      }
      return;
    }
    sink.begins(status);
    if (bodiless || status == 204 || status == 304 || (left == 0 && !chunked)) {
      end();
    } else if (chunked) {
      state = State.CHUNK_SIZE;
    } else {
      state = left > 0 ? State.LENGTH : State.UNTIL_CLOSED;
    }
  }
}
