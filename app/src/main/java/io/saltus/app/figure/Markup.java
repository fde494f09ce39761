package io.saltus.app.figure;

import java.util.Locale;

/** Text for XML and HTML, which is built here and nowhere else, so that data stays data. */
final class Markup {

  private final StringBuilder text = new StringBuilder();

  /** Markup of our own, as it is. */
  Markup raw(String markup) {
    text.append(markup);
    return this;
  }

  /** Markup of our own with numbers or markup in it; never with data. */
  Markup format(String format, Object... parts) {
    text.append(String.format(Locale.ROOT, format, parts));
    return this;
  }

  /** Data, escaped. */
  Markup text(String data) {
    data.codePoints().forEach(this::escape);
    return this;
  }

  /** An element with nothing but data in it. */
  Markup element(String open, String data, String close) {
    return raw(open).text(data).raw(close);
  }

  private void escape(int character) {
    switch (character) {
      case '<' -> text.append("&lt;");
      case '>' -> text.append("&gt;");
      case '&' -> text.append("&amp;");
      case '"' -> text.append("&quot;");
      case '\'' -> text.append("&#39;");
      default -> {
        // XML has no way to write most control characters and lone surrogates.
        boolean allowed =
            character == '\n'
                || (character >= 0x20
                    && !(character >= 0x7f && character < 0xa0)
                    && !(character >= 0xd800 && character < 0xe000)
                    && character != 0xfffe
                    && character != 0xffff);
        text.appendCodePoint(allowed ? character : 0xfffd);
      }
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
