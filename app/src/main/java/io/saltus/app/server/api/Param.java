package io.saltus.app.server.api;

import java.util.List;

/**
 * A parameter of a query, as it is checked and described, or of a header, as it is described.
 *
 * @param place where it stands
 * @param kind what it is
 * @param required whether it must be there
 * @param repeated whether it may stand several times
 * @param least and {@code most}: the range of a whole number
 * @param words of a choice
 */
record Param(
    String name,
    Place place,
    Kind kind,
    boolean required,
    boolean repeated,
    long least,
    long most,
    List<String> words,
    String description) {

  private static final int LONGEST = 4_000;

  enum Place {
    QUERY("query"),
    HEADER("header");

    private final String word;

    Place(String word) {
      this.word = word;
    }

    /** What OpenAPI calls it. */
    String word() {
      return word;
    }
  }

  enum Kind {
    WHOLE,
    TEXT,
    WORD
  }

  Param {
    words = List.copyOf(words);
  }

  static Param whole(String name, long least, long most, String description) {
    return query(name, Kind.WHOLE, false, least, most, List.of(), description);
  }

  static Param text(String name, String description) {
    return query(name, Kind.TEXT, false, 0, LONGEST, List.of(), description);
  }

  static Param texts(String name, String description) {
    return query(name, Kind.TEXT, true, 0, LONGEST, List.of(), description);
  }

  static Param word(String name, List<String> words, String description) {
    return query(name, Kind.WORD, false, 0, 0, words, description);
  }

  private static Param query(
      String name,
      Kind kind,
      boolean repeated,
      long least,
      long most,
      List<String> words,
      String description) {
    return new Param(name, Place.QUERY, kind, false, repeated, least, most, words, description);
  }

  /** A whole number in a header, which whoever answers looks at. */
  static Param header(String name, long least, long most, String description) {
    return new Param(
        name, Place.HEADER, Kind.WHOLE, false, false, least, most, List.of(), description);
  }

  Param must() {
    return new Param(name, place, kind, true, repeated, least, most, words, description);
  }
}
