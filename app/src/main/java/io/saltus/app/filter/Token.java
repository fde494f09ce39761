package io.saltus.app.filter;

/**
 * A piece of a filter.
 *
 * @param kind what it is
 * @param text as it is meant: of a quoted text what stands between the quotes
 * @param column where it begins, from 1
 */
record Token(Kind kind, String text, int column) {

  /** What a piece is. */
  enum Kind {
    WORD,
    QUOTED,
    OPERATOR,
    OPEN,
    CLOSE,
    END
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  String shown() {
    return kind == Kind.END ? "the end" : "'" + text + "'";
  }
}
