package io.saltus.app.filter;

import java.util.List;

/**
 * Reads a filter by recursive descent:
 *
 * <pre>
 * filter = and { OR and }
 * and    = not { [ AND ] not }
 * not    = { NOT } ( term | "(" filter ")" )
 * term   = key ( ":" | "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) value
 * </pre>
 */
final class FilterParser {

  private static final int DEEPEST = 100;
  private static final String TERM = "a term such as status:completed";

  private final List<Token> tokens;
  private int next;
  private int depth;

  FilterParser(String text) {
    tokens = Tokens.of(text);
  }

  Filter parse() {
    Filter filter = or();
    if (peek().kind() != Token.Kind.END) {
      throw expected(peek().kind() == Token.Kind.CLOSE ? "the end: no '(' is open" : "AND or OR");
    }
    return filter;
  }

  private Filter or() {
    Filter left = and();
    while (peek().isWord("OR")) {
      next++;
      left = new Filter.Or(left, and());
    }
    return left;
  }

  private Filter and() {
    Filter left = not();
    while (peek().isWord("AND") || beginsFactor()) {
      if (peek().isWord("AND")) {
        next++;
      }
      left = new Filter.And(left, not());
    }
    return left;
  }

  private boolean beginsFactor() {
    return switch (peek().kind()) {
      case OPEN, QUOTED -> true;
      case WORD -> !peek().isWord("OR");
      case OPERATOR, CLOSE, END -> false;
    };
  }

  private Filter not() {
    if (++depth > DEEPEST) {
      throw new FilterException(peek().column(), "the filter is nested more than 100 deep");
    }
    try {
      if (peek().isWord("NOT")) {
        next++;
        return new Filter.Not(not());
      }
      return peek().kind() == Token.Kind.OPEN ? parenthesis() : term();
    } finally {
      depth--;
    }
  }

  private Filter parenthesis() {
    int opened = take().column();
    Filter inner = or();
    if (peek().kind() != Token.Kind.CLOSE) {
      throw expected("')' for the '(' in column " + opened);
    }
    next++;
    return inner;
  }

  private Filter term() {
    Token key = peek();
    boolean named = key.kind() == Token.Kind.WORD || key.kind() == Token.Kind.QUOTED;
    if (!named || key.isWord("AND") || key.isWord("OR")) {
      throw expected(TERM);
    }
    next++;
    if (peek().kind() != Token.Kind.OPERATOR) {
      throw expected("one of : = != < <= > >= after '" + key.text() + "'");
    }
    Operator operator = operator(take());
    Wanted wanted = value(key);
    if (operator.isOrder() && !wanted.isNumber()) {
      throw expected("a number to compare '" + key.text() + "' with");
    }
    next++;
    return new Filter.Term(key.text(), key.column(), operator, wanted);
  }

  private Wanted value(Token key) {
    Token value = peek();
    if (value.kind() == Token.Kind.QUOTED) {
      return Wanted.exactly(value.text());
    }
    // Who needs a value such as AND or =x puts it between quotes; unquoted it is a slip.
    boolean slip = value.isWord("AND") || value.isWord("OR") || value.isWord("NOT");
    if (value.kind() != Token.Kind.WORD || slip || Tokens.isOperator(value.text().charAt(0))) {
      throw expected("a value for '" + key.text() + "'");
    }
    return Wanted.of(value.text());
  }

  private Operator operator(Token token) {
    return switch (token.text()) {
      case ":", "=" -> Operator.EQUAL;
      case "!=" -> Operator.NOT_EQUAL;
      case "<" -> Operator.LESS;
      case "<=" -> Operator.AT_MOST;
      case ">" -> Operator.GREATER;
      case ">=" -> Operator.AT_LEAST;
      default -> throw new FilterException(token.column(), "found '!' and expected '!='");
    };
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token take() {
    return tokens.get(next++);
  }

  private FilterException expected(String what) {
    return new FilterException(
        peek().column(), "found " + peek().shown() + " and expected " + what);
  }
}
