package io.saltus.app.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which runs are meant. */
public sealed interface Filter {

  /**
   * Whether a run is meant.
   *
   * @param fields the text that the run has for a key; empty where it has none
   */
  boolean matches(Function<String, Optional<String>> fields);

  /** The terms that it consists of, in the order they are written. */
  List<Term> terms();

  /**
   * Reads one.
   *
   * @throws FilterException when it is none
   */
  static Filter parse(String text) {
    return new FilterParser(text).parse();
  }

  /** Both. */
  record And(Filter left, Filter right) implements Filter {
    @Override
    public boolean matches(Function<String, Optional<String>> fields) {
      return left.matches(fields) && right.matches(fields);
    }

    @Override
    public List<Term> terms() {
      return both(left, right);
    }
  }

  /** One of them or both. */
  record Or(Filter left, Filter right) implements Filter {
    @Override
    public boolean matches(Function<String, Optional<String>> fields) {
      return left.matches(fields) || right.matches(fields);
    }

    @Override
    public List<Term> terms() {
      return both(left, right);
    }
  }

  /** All others. */
  record Not(Filter filter) implements Filter {
    @Override
    public boolean matches(Function<String, Optional<String>> fields) {
      return !filter.matches(fields);
    }

    @Override
    public List<Term> terms() {
      return filter.terms();
    }
  }

  /**
   * A comparison with one value. A run that has nothing for the key is not equal, and neither below
   * nor above.
   *
   * @param column where the key stands, from 1
   */
  record Term(String key, int column, Operator operator, Wanted wanted) implements Filter {
    @Override
    public boolean matches(Function<String, Optional<String>> fields) {
      boolean missing = operator == Operator.NOT_EQUAL;
      return fields.apply(key).map(found -> wanted.compares(operator, found)).orElse(missing);
    }

    @Override
    public List<Term> terms() {
      return List.of(this);
    }

    /** The text that is wanted, where it is one text and no pattern. */
    public Optional<String> exactText() {
      return wanted.isPattern() ? Optional.empty() : Optional.of(wanted.text());
    }
  }

  private static List<Term> both(Filter left, Filter right) {
    List<Term> terms = new ArrayList<>(left.terms());
    terms.addAll(right.terms());
    return terms;
  }
}
