package io.saltus.app.server.api;

import java.util.List;

/**
 * A parameter of a query, as it is checked and described.
 *
 * @param kind what it is
 * @param repeated whether it may stand several times
 * @param least and {@code most}: the range of a whole number
 * @param words of a choice
 */
record Param(
    String name,
    Kind kind,
    boolean repeated,
    long least,
    long most,
    List<String> words,
    String description) {

  private static final int LONGEST = 4_000;

  enum Kind {
    WHOLE,
    TEXT,
    WORD
  }

  Param {
    words = List.copyOf(words);
  }

  static Param whole(String name, long least, long most, String description) {
    return new Param(name, Kind.WHOLE, false, least, most, List.of(), description);
  }

  static Param text(String name, String description) {
    return new Param(name, Kind.TEXT, false, 0, LONGEST, List.of(), description);
  }

  static Param texts(String name, String description) {
    return new Param(name, Kind.TEXT, true, 0, LONGEST, List.of(), description);
  }

  static Param word(String name, List<String> words, String description) {
    return new Param(name, Kind.WORD, false, 0, 0, words, description);
  }
}
