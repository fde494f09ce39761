package io.saltus.app.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a filter into pieces. Words end at spaces, parentheses, quotes and operators; a word that
 * follows an operator is a value and may hold the signs of operators, as times do.
 */
final class Tokens {

  private static final int LONGEST = 10_000;
  private static final String OPERATORS = ":=!<>";

  private final String text;
  private int place;

  private Tokens(String text) {
    this.text = text;
  }

  static boolean isOperator(char c) {
    return OPERATORS.indexOf(c) >= 0;
  }

  static List<Token> of(String text) {
    if (text.length() > LONGEST) {
      throw new FilterException(LONGEST, "the filter has more than 10,000 characters");
    }
    return new Tokens(text).cut();
  }

  private List<Token> cut() {
    List<Token> tokens = new ArrayList<>();
    boolean value = false;
    while (true) {
      while (place < text.length() && Character.isWhitespace(text.charAt(place))) {
        place++;
      }
      if (place == text.length()) {
        tokens.add(new Token(Token.Kind.END, "", place + 1));
        return tokens;
      }
      Token token = next(value);
      tokens.add(token);
      value = token.kind() == Token.Kind.OPERATOR;
    }
  }

  private Token next(boolean value) {
    char first = text.charAt(place);
    int column = place + 1;
    if (first == '(' || first == ')') {
      place++;
      return new Token(
          first == '(' ? Token.Kind.OPEN : Token.Kind.CLOSE, String.valueOf(first), column);
    }
    if (first == '"' || first == '\'') {
      return quoted(first);
    }
    return !value && isOperator(first) ? operator() : word(value);
  }

  private Token operator() {
    int from = place++;
    char first = text.charAt(from);
    boolean mayGoOn = first == '!' || first == '<' || first == '>';
    if (mayGoOn && place < text.length() && text.charAt(place) == '=') {
      place++;
    }
    return new Token(Token.Kind.OPERATOR, text.substring(from, place), from + 1);
  }

  private Token word(boolean value) {
    int from = place;
    while (place < text.length() && !ends(text.charAt(place), value)) {
      place++;
    }
    return new Token(Token.Kind.WORD, text.substring(from, place), from + 1);
  }

  private static boolean ends(char c, boolean value) {
    return Character.isWhitespace(c) || "()\"'".indexOf(c) >= 0 || (!value && isOperator(c));
  }

  /** Between quotes a backslash takes the next character as it is. */
  private Token quoted(char quote) {
    int from = place++;
    StringBuilder content = new StringBuilder();
    while (place < text.length() && text.charAt(place) != quote) {
      if (text.charAt(place) == '\\' && place + 1 < text.length()) {
        place++;
      }
      content.append(text.charAt(place++));
    }
    if (place == text.length()) {
      throw new FilterException(from + 1, "the quote is never closed");
    }
    place++;
    return new Token(Token.Kind.QUOTED, content.toString(), from + 1);
  }
}
