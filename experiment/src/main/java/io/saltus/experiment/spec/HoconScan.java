package io.saltus.experiment.spec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A first pass over the text of a spec, without recursion, that measures what the parser would
 * recurse over or multiply: nesting, dotted keys, values and substitutions. It knows strings and
 * comments and nothing else of the grammar, and errs towards counting too much.
 */
final class HoconScan {

  /**
   * An include statement.
   *
   * @param line from 1
   * @param first whether it stands at the top level and before every key
   */
  record Include(int line, boolean first) {}

  /**
   * What forbids to parse the text.
   *
   * @param what a clause for the user
   * @param line from 1
   */
  record Excess(String what, int line) {}

  private final String text;
  private final StringBuilder open = new StringBuilder();
  private final Deque<Integer> weights = new ArrayDeque<>();
  private final List<Include> includes = new ArrayList<>();
  private Optional<Excess> excess = Optional.empty();
  private int at;
  private int line = 1;
  private int rootBraces;
  private int depth;
  private int dots;
  private int values;
  private int keys;
  private int substitutions;
  private boolean inKey = true;
  private boolean fresh = true;
  private boolean content;

  private HoconScan(String text) {
    this.text = text;
  }

  static HoconScan of(String text) {
    HoconScan scan = new HoconScan(text);
    while (scan.at < text.length() && scan.excess.isEmpty()) {
      scan.step(text.charAt(scan.at));
    }
    return scan;
  }

  /** The first limit the text breaks. */
  Optional<Excess> excess() {
    return excess;
  }

  /** Whether there is anything but white space and comments. */
  boolean hasContent() {
    return content;
  }

  int substitutions() {
    return substitutions;
  }

  List<Include> includes() {
    return includes;
  }

  private void step(char c) {
    if (c == '\n') {
      line++;
      separator();
      at++;
    } else if (c == '#' || (c == '/' && next('/'))) {
      while (at < text.length() && text.charAt(at) != '\n') {
        at++;
      }
    } else if (Character.isWhitespace(c) || c == '\uFEFF') {
      at++;
    } else {
      significant(c);
    }
  }

  private void significant(char c) {
    boolean starts = fresh && inKey;
    boolean element = fresh && !inKey;
    fresh = false;
    if (element && c != ']') {
      count();
    }
    switch (c) {
      case '"' -> string();
      case '{', '[' -> open(c);
      case '}', ']' -> close();
      case ',' -> {
        separator();
        at++;
      }
      case '=', ':' -> {
        count();
        keys++;
        inKey = false;
        at++;
      }
      case '.' -> {
        dots++;
        if (inKey && depth + dots > SpecLimits.DEPTH) {
          tooDeep();
        }
        at++;
      }
      case '$' -> dollar();
      default -> word(starts);
    }
    content = true;
  }

  private void word(boolean starts) {
    if (starts && text.startsWith("include", at) && endsWord(at + "include".length())) {
      includes.add(new Include(line, keys == 0 && open.length() == rootBraces));
      at += "include".length();
      return;
    }
    at++;
  }

  private boolean endsWord(int end) {
    return end >= text.length()
        || Character.isWhitespace(text.charAt(end))
        || text.charAt(end) == '"';
  }

  private void dollar() {
    at++;
    if (at >= text.length() || text.charAt(at) != '{') {
      return;
    }
    substitutions++;
    int pathDots = 0;
    while (at < text.length() && text.charAt(at) != '}' && text.charAt(at) != '\n') {
      pathDots += text.charAt(at) == '.' ? 1 : 0;
      at++;
    }
    if (at < text.length() && text.charAt(at) == '}') {
      at++;
    }
    if (pathDots > SpecLimits.DEPTH) {
      tooDeep();
    }
  }

  private void open(char c) {
    if (c == '{' && !content) {
      rootBraces = 1;
    } else if (inKey) {
      // An object without = or : before it.
      keys++;
      count();
    }
    open.append(c);
    // A dotted key opens an object for each of its dots.
    weights.push(1 + dots);
    depth += 1 + dots;
    if (depth > SpecLimits.DEPTH) {
      tooDeep();
    }
    at++;
    inKey = c == '{';
    fresh = true;
    dots = 0;
  }

  private void close() {
    if (open.length() > 0) {
      open.setLength(open.length() - 1);
      depth -= weights.pop();
    }
    inKey = false;
    fresh = false;
    at++;
  }

  private void separator() {
    inKey = open.length() == 0 || open.charAt(open.length() - 1) == '{';
    fresh = true;
    dots = 0;
  }

  private void string() {
    if (text.startsWith("\"\"\"", at)) {
      int end = text.indexOf("\"\"\"", at + 3);
      int until = end < 0 ? text.length() : end + 3;
      for (int i = at; i < until; i++) {
        line += text.charAt(i) == '\n' ? 1 : 0;
      }
      at = until;
      return;
    }
    at++;
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at < text.length() && text.charAt(at) == '"') {
      at++;
    }
  }

  private void count() {
    values++;
    if (values > SpecLimits.NODES) {
      excess = Optional.of(new Excess("has more than 10,000 values", line));
    }
  }

  private void tooDeep() {
    excess = Optional.of(new Excess("is nested more than " + SpecLimits.DEPTH + " deep", line));
  }

  private boolean next(char c) {
    return at + 1 < text.length() && text.charAt(at + 1) == c;
  }
}
