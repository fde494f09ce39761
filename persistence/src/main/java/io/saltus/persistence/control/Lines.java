package io.saltus.persistence.control;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The lines of the wire: UTF-8, ended by a line feed, a word and a JSON value with one space
 * between: {@code pause@1.2.3 {"run":"…"}}, with the version of Saltus that asks, answered by
 * {@code ok {…}} or {@code refused {…}}.
 */
final class Lines {

  static final int LONGEST = 1 << 20;

  private static final char VERSION = '@';
  private static final String OK = "ok";
  private static final String REFUSED = "refused";

  private Lines() {}

  static void check(String body) {
    if (body.indexOf('\n') >= 0 || body.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("a control message is JSON on one line");
    }
    if (body.getBytes(StandardCharsets.UTF_8).length > LONGEST - 100) {
      throw new IllegalArgumentException(
          "a control message has at most %d bytes".formatted(LONGEST - 100));
    }
  }

  static ByteBuffer format(ControlRequest request) {
    return line(
        request.name() + request.version().map(version -> VERSION + version).orElse(""),
        request.body());
  }

  static ByteBuffer format(ControlResponse response) {
    return line(response.ok() ? OK : REFUSED, response.body());
  }

  private static ByteBuffer line(String word, String body) {
    return StandardCharsets.UTF_8.encode(word + " " + body + "\n");
  }

  static ControlRequest request(String line) {
    int space = space(line);
    String body = line.substring(space + 1);
    int version = line.substring(0, space).indexOf(VERSION);
    return version < 0
        ? new ControlRequest(line.substring(0, space), body)
        : new ControlRequest(line.substring(0, version), body)
            .from(line.substring(version + 1, space));
  }

  static ControlResponse response(String line) {
    int space = space(line);
    String word = line.substring(0, space);
    if (!word.equals(OK) && !word.equals(REFUSED)) {
      throw new IllegalArgumentException("not an answer: " + word);
    }
    return new ControlResponse(word.equals(OK), line.substring(space + 1));
  }

  private static int space(String line) {
    int space = line.indexOf(' ');
    if (space < 0) {
      throw new IllegalArgumentException("a control message has a word, a space and JSON");
    }
    return space;
  }
}
